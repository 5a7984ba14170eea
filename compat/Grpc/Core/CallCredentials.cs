namespace Grpc.Core;

/// <summary>Adds headers to a call just before it is sent, for instance a token.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

public class AuthInterceptorContext
{
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    public string ServiceUrl { get; }

    public string MethodName { get; }

    public CancellationToken CancellationToken { get; }
}

public abstract class CallCredentials
{
    internal CallCredentials()
    {
    }

    /// <summary>The interceptors to run, in order.</summary>
    internal abstract IEnumerable<AsyncAuthInterceptor> Interceptors { get; }

    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
        {
            throw new ArgumentException("CompositeCallCredentials needs at least two credentials.", nameof(credentials));
        }

        return new Composite([.. credentials]);
    }

    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new FromFunction(interceptor);
    }

    private sealed class FromFunction(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        internal override IEnumerable<AsyncAuthInterceptor> Interceptors => [interceptor];
    }

    private sealed class Composite(CallCredentials[] parts) : CallCredentials
    {
        internal override IEnumerable<AsyncAuthInterceptor> Interceptors => parts.SelectMany(part => part.Interceptors);
    }
}
