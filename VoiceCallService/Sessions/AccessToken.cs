using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Museum.ServiceDefaults.Grpc;
using Museum.Session.V1;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.VoiceCallService.Sessions;

/// <summary>The visitor's token for the calls made in their name. Renewed before it expires, since a call outlives it.</summary>
internal sealed class AccessToken(string token, Museum.Session.V1.Sessions.SessionsClient sessions, ResiliencePipeline pipeline, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(90);
    private readonly SemaphoreSlim renewing = new(1, 1);
    private volatile Held current = Read(token);

    /// <exception cref="RpcException">The token has expired and could not be renewed.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var held = current;
        var left = held.ExpiresAt - time.GetUtcNow();
        if (left > RenewBefore)
        {
            return held.Token;
        }

        await renewing.WaitAsync(cancellationToken);
        try
        {
            if (current.ExpiresAt - time.GetUtcNow() <= RenewBefore)
            {
                var renewed = await pipeline.ExecuteAsync(
                    async ct => await sessions.RenewAsync(new RenewRequest(), new CallOptions(
                        GrpcClients.Bearer(current.Token), deadline: DateTime.UtcNow.AddSeconds(2), cancellationToken: ct)),
                    cancellationToken);
                current = Read(renewed.AccessToken);
            }
        }
        catch (Exception e) when (left > TimeSpan.Zero && e is RpcException or BrokenCircuitException or TimeoutRejectedException)
        {
            // SessionService is away: what we have is good for a while, and the next question asks again.
        }
        finally
        {
            renewing.Release();
        }

        return current.Token;
    }

    public void Dispose() => renewing.Dispose();

    private static Held Read(string token) => new(token, new JsonWebToken(token).ValidTo);

    private sealed record Held(string Token, DateTimeOffset ExpiresAt);
}
