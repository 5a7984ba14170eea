using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Degradation;

namespace Museum.ServiceDefaults.Health;

/// <summary>What one service says of itself on <c>/health</c>.</summary>
public sealed record ServiceHealth
{
    public string Status { get; init; } = "away";
    public IReadOnlyDictionary<string, ServiceCapability> Capabilities { get; init; } = new Dictionary<string, ServiceCapability>();
    public DateTimeOffset? CheckedAt { get; init; }

    public static ServiceHealth Away { get; } = new();
}

/// <summary><c>state</c>: ok, degraded or away.</summary>
public sealed record ServiceCapability(string State, DateTimeOffset Since, string? Reason);

/// <summary>
/// Watches the <c>/health</c> of other services. One that answers is asked every 2 s, sooner after it came back; one that does not
/// after 0.5, 1, 2, 4, then every 5 s (architecture.md, degradation). The visitor sees a voice come back within those times. A busy machine
/// is slow for a moment: who was there and does not answer in time is asked once more, after half a second, before it counts as away.
/// </summary>
public sealed class SuiteHealth(IHttpClientFactory clients, TimeProvider time, IReadOnlyList<string> services) : BackgroundService
{
    public const string ClientName = "suite-health";
    private static readonly TimeSpan HealthyEvery = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, ServiceHealth> readings = new();

    /// <summary>Raised after a reading that differs from the one before in status or in a capability.</summary>
    public event Action? Changed;

    public IReadOnlyList<string> Services => services;

    public ServiceHealth Of(string service) => readings.GetValueOrDefault(service, ServiceHealth.Away);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(services.Select(service => WatchAsync(service, stoppingToken)));

    private async Task WatchAsync(string service, CancellationToken cancellationToken)
    {
        var schedule = new ProbeSchedule(HealthyEvery);
        var doubted = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = Of(service);
            var answer = await AskAsync(service, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                // This process stops; that says nothing about the others.
                return;
            }

            doubted = answer is null && before.CheckedAt is not null && !doubted;
            var reading = doubted ? before : answer ?? ServiceHealth.Away;
            readings[service] = reading;
            if (!Same(before, reading))
            {
                Changed?.Invoke();
            }

            var pause = doubted ? ProbeSchedule.Shortest : PauseAfter(before, reading, schedule);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One that has just come back is looked at sooner until it is whole: its broker and its engines take a moment longer than its port.</summary>
    private static TimeSpan PauseAfter(ServiceHealth before, ServiceHealth reading, ProbeSchedule schedule)
    {
        if (reading.CheckedAt is null)
        {
            return schedule.Away();
        }

        var isWhole = reading.Capabilities.Values.All(c => c.State != "away");
        if (isWhole || before.CheckedAt is null)
        {
            schedule.Well();
        }

        return isWhole ? HealthyEvery : Min(schedule.Away(), HealthyEvery);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <returns>Null: it did not answer in time, which says little.</returns>
    private async Task<ServiceHealth?> AskAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            // 503 too carries a reading: the service is there, but not whole.
            using var response = await client.GetAsync(new Uri($"http://{service}/health"), cancellationToken);
            var reading = await response.Content.ReadFromJsonAsync<ServiceHealth>(ProtocolJson.Options, cancellationToken);
            return reading is null ? ServiceHealth.Away : reading with { CheckedAt = time.GetUtcNow() };
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException)
        {
            return ServiceHealth.Away;
        }
    }

    private static bool Same(ServiceHealth a, ServiceHealth b) =>
        a.Status == b.Status
        && a.Capabilities.Count == b.Capabilities.Count
        && a.Capabilities.All(c => b.Capabilities.TryGetValue(c.Key, out var other) && other.State == c.Value.State);
}
