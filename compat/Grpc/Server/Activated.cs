namespace Grpc.AspNetCore.Server;

/// <summary>An object for the length of one call; disposed with it unless the container owns it.</summary>
internal readonly struct Activated<T>(T instance, bool isOwned)
    where T : class
{
    public T Instance => instance;

    public ValueTask ReleaseAsync()
    {
        if (!isOwned)
        {
            return ValueTask.CompletedTask;
        }

        switch (instance)
        {
            case IAsyncDisposable asynchronous:
                return asynchronous.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
