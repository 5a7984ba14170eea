using Microsoft.IdentityModel.JsonWebTokens;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.Session.V1;
using Polly;

namespace Museum.VoiceCallService.Sessions;

/// <summary>
/// The visitor's token for the calls made in their name. Renewed before it expires, since a call outlives it; while it is good for a
/// while yet, nobody waits for that.
/// </summary>
internal sealed class AccessToken(string token, Museum.Session.V1.Sessions.SessionsClient sessions, ResiliencePipeline pipeline, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(90);

    /// <summary>Longer than a turn may take: with less left, the turn could outlive it.</summary>
    private static readonly TimeSpan WaitBefore = TimeSpan.FromSeconds(35);

    private readonly CancellationTokenSource over = new();
    private readonly Lock sync = new();
    private volatile Held current = Read(token);
    private Task renewing = Task.CompletedTask;

    private TimeSpan Left => current.ExpiresAt - time.GetUtcNow();

    /// <summary>Throws what SessionService said when the token has expired and could not be renewed.</summary>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Left > RenewBefore)
        {
            return current.Token;
        }

        var renewal = Renewal();
        if (Left <= WaitBefore)
        {
            try
            {
                await renewal.WaitAsync(cancellationToken);
            }
            catch (Exception e) when (Left > TimeSpan.Zero && Recovery.Of(e).Blames)
            {
                // SessionService is away: what we have is good for a moment, and the next question asks again.
            }
        }

        return current.Token;
    }

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
    }

    private Task Renewal()
    {
        lock (sync)
        {
            return renewing.IsCompleted && Left <= RenewBefore ? renewing = RenewAsync(over.Token) : renewing;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var renewed = await pipeline.ExecuteAsync(
            async attempt => await sessions.RenewAsync(new RenewRequest(), GrpcClients.Bearer(current.Token), cancellationToken: attempt), cancellationToken);
        current = Read(renewed.AccessToken);
    }

    private static Held Read(string token) => new(token, new JsonWebToken(token).ValidTo);

    private sealed record Held(string Token, DateTimeOffset ExpiresAt);
}
