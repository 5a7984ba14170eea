namespace Grpc.Core;

/// <summary>Whether a channel is plain or TLS, and the call credentials that every call of it gets.</summary>
public abstract class ChannelCredentials
{
    internal ChannelCredentials()
    {
    }

    public static ChannelCredentials Insecure { get; } = new Plain(isSecure: false);

    /// <summary>TLS with the machine's certificate authorities.</summary>
    public static ChannelCredentials SecureSsl { get; } = new Plain(isSecure: true);

    internal abstract bool IsSecure { get; }

    internal virtual CallCredentials? CallCredentials => null;

    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return channelCredentials.CallCredentials is null
            ? new Composite(channelCredentials, callCredentials)
            : throw new ArgumentException("Only a simple channel credential can be composed.", nameof(channelCredentials));
    }

    private sealed class Plain(bool isSecure) : ChannelCredentials
    {
        internal override bool IsSecure => isSecure;
    }

    private sealed class Composite(ChannelCredentials channel, CallCredentials call) : ChannelCredentials
    {
        internal override bool IsSecure => channel.IsSecure;

        internal override CallCredentials? CallCredentials => call;
    }
}
