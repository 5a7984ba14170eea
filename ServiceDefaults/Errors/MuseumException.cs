namespace Museum.ServiceDefaults.Errors;

/// <summary>Who has to act: the caller, this code, the wire, this machine, or a service that this one needs.</summary>
public enum ErrorCategory
{
    Client,
    Server,
    Network,
    Resource,
    Dependency,
}

/// <summary>An expected failure with a stable <paramref name="code"/> (snake_case) that clients and dashboards may rely on; the message is for people.</summary>
public abstract class MuseumException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public abstract ErrorCategory Category { get; }

    /// <summary>May the same call be sent again, unchanged, and succeed?</summary>
    public virtual bool Retryable => Category is not (ErrorCategory.Client or ErrorCategory.Server);

    /// <summary>When to come back, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The request is wrong, and stays wrong. <see cref="Status"/> says how: 400, 401, 403, 404, 409, 413, 415 or 422.</summary>
public sealed class ClientException(string code, string message, int status = 400) : MuseumException(code, message)
{
    public int Status { get; } = status;

    public override ErrorCategory Category => ErrorCategory.Client;
}

/// <summary>A defect of ours.</summary>
public sealed class ServerException(string code, string message, Exception? inner = null) : MuseumException(code, message, inner)
{
    public override ErrorCategory Category => ErrorCategory.Server;
}

/// <summary>The connection broke or a deadline passed.</summary>
public sealed class NetworkException(string code, string message, Exception? inner = null) : MuseumException(code, message, inner)
{
    public override ErrorCategory Category => ErrorCategory.Network;
}

/// <summary>Full for now: a limit, a pool, a queue.</summary>
public sealed class ResourceException(string code, string message, Exception? inner = null) : MuseumException(code, message, inner)
{
    public override ErrorCategory Category => ErrorCategory.Resource;
}

/// <summary>Something that this service needs does not answer.</summary>
public sealed class DependencyException(string code, string message, Exception? inner = null) : MuseumException(code, message, inner)
{
    public override ErrorCategory Category => ErrorCategory.Dependency;

    /// <summary>It answers, and refuses: until somebody mends its configuration, the same call has the same end.</summary>
    public bool Refused { get; init; }

    public override bool Retryable => !Refused;
}
