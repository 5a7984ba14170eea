using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Security;

/// <summary>
/// The keys that SessionService signs with, read from its JWKS and kept: a token is verified without a call, and SessionService may be
/// away. Read again every 5 minutes, and (at most every 2 s) when a token names a key that is not known.
/// </summary>
public sealed partial class PublishedKeys(IHttpClientFactory clients, Pipelines pipelines, TimeProvider time, ILogger<PublishedKeys> logger) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>Of every call to SessionService.</summary>
    public const string Pipeline = "sessionservice";

    public const string ClientName = "jwks";
    public const string Path = "/.well-known/jwks.json";

    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskAtMostEvery = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Reading? keys;
    private DateTimeOffset askedAt;
    private volatile bool refreshWanted;
    private int failures;

    /// <exception cref="DependencyException"><c>signing_keys_unavailable</c>: no keys were ever read, and SessionService does not answer.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (keys is { } known)
        {
            // Whoever has keys never waits for another's question: a SessionService that hangs must not hold up the house.
            if (!IsStale(known) || !await reading.WaitAsync(TimeSpan.Zero, cancel))
            {
                return known.Keys;
            }
        }
        else
        {
            // Who waits for a question that fails has its answer: the next hundred must not ask one after the other.
            var before = Volatile.Read(ref failures);
            await reading.WaitAsync(cancel);
            if (keys is null && Volatile.Read(ref failures) != before)
            {
                reading.Release();
                throw Away(null);
            }
        }

        try
        {
            var now = time.GetUtcNow();
            if (keys is { } read && (!IsStale(read) || now - askedAt < AskAtMostEvery))
            {
                return read.Keys;
            }

            askedAt = now;
            keys = new Reading(await ReadAsync(cancel), now);
            refreshWanted = false;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogAway(logger, e.GetType().Name);
            Interlocked.Increment(ref failures);
            if (keys is null)
            {
                throw Away(e);
            }
        }
        finally
        {
            reading.Release();
        }

        return keys.Keys;
    }

    public void RequestRefresh() => refreshWanted = true;

    public void Dispose() => reading.Dispose();

    private bool IsStale(Reading read) => refreshWanted || time.GetUtcNow() - read.At >= KeepFor;

    private async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        var set = new JsonWebKeySet(await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await client.GetStringAsync(Path, attempt), cancellationToken));
        var configuration = new OpenIdConnectConfiguration { Issuer = MuseumTokens.Issuer };
        foreach (var key in set.GetSigningKeys())
        {
            configuration.SigningKeys.Add(key);
        }

        // Nothing is no answer: what is known stays.
        return configuration.SigningKeys.Count > 0 ? configuration : throw new InvalidDataException("The key set is empty.");
    }

    private static DependencyException Away(Exception? cause) => new("signing_keys_unavailable", "The service that signs tokens is away.", cause);

    private sealed record Reading(OpenIdConnectConfiguration Keys, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The signing keys could not be read ({Reason})")]
    private static partial void LogAway(ILogger logger, string reason);
}
