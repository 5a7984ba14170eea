using Microsoft.Extensions.Options;
using Museum.Gateway.Limits;
using Museum.ServiceDefaults.Health;

namespace Museum.Gateway.Status;

/// <summary>What <c>GET /api/status</c> says. <c>status</c>: ok; degraded (written answers come, something else does not); away.</summary>
internal sealed record SuiteStatus(
    string Status,
    string Version,
    IReadOnlyDictionary<string, ServiceHealth> Services,
    IReadOnlyDictionary<string, ServiceCapability> Capabilities,
    RateLimitStatus RateLimit);

/// <summary>What a session may ask for here, and who counts it.</summary>
/// <param name="Limit">Requests within the window.</param>
/// <param name="WindowSeconds">Its length.</param>
/// <param name="CountedBy"><c>all_gateways</c> together, or <c>this_gateway</c> for itself.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why not together.</param>
internal sealed record RateLimitStatus(int Limit, int WindowSeconds, string CountedBy, DateTimeOffset Since, string? Reason);

/// <summary>Gathers the services' own readings into the suite's.</summary>
internal sealed class SuiteStatusReader(SuiteHealth suite, Capabilities own, IOptionsMonitor<RateLimitOptions> limits, TimeProvider time)
{
    private const string Ok = "ok";
    private const string Away = "away";

    private static readonly string Version = typeof(SuiteStatusReader).Assembly.GetName().Version?.ToString(3) ?? "";

    // The services that a written answer needs.
    private static readonly string[] Line = [ServiceNames.Session, ServiceNames.Text, ServiceNames.VoiceCall];

    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public SuiteStatus Read()
    {
        var services = suite.Services.ToDictionary(s => s, suite.Of);
        var events = Worst("events", services);
        var capabilities = new SortedDictionary<string, ServiceCapability>
        {
            ["events"] = events,
            // Voice and face travel as events: without the broker there is neither.
            ["voice"] = events.State == Away ? events : Of("voice", ServiceNames.Audio, services),
            ["face"] = events.State == Away ? events : Of("face", ServiceNames.Avatar, services),
            ["hearing"] = Of("hearing", ServiceNames.Audio, services),
            ["llm"] = Of("llm", ServiceNames.Text, services),
            ["store"] = Worst("store", services),
        };
        return new SuiteStatus(Overall(services, capabilities), Version, services, capabilities, ReadLimit());
    }

    private RateLimitStatus ReadLimit()
    {
        var settings = limits.CurrentValue;
        var reading = own.Snapshot()[SharedWindows.Capability];
        return new(settings.PermitLimit, settings.WindowSeconds, reading.State == CapabilityState.Ok ? "all_gateways" : "this_gateway", reading.Since, reading.Reason);
    }

    private static string Overall(Dictionary<string, ServiceHealth> services, SortedDictionary<string, ServiceCapability> capabilities)
    {
        if (Line.Any(s => services[s].CheckedAt is null))
        {
            return Away;
        }

        // What the guide lacks by choice (a model, a recogniser for a language) makes no alarm; what broke does.
        return services.Values.All(s => s.Status == "healthy") && capabilities["store"].State == Ok && capabilities["events"].State == Ok ? Ok : "degraded";
    }

    private ServiceCapability Of(string name, string service, Dictionary<string, ServiceHealth> services)
    {
        var health = services[service];
        return health.Capabilities.GetValueOrDefault(name)
            ?? new ServiceCapability(Away, health.CheckedAt ?? startedAt, health.CheckedAt is null ? $"{service} does not answer." : $"{service} does not offer it.");
    }

    /// <summary>What several services need is as good as it is for the one that has least of it.</summary>
    private ServiceCapability Worst(string name, Dictionary<string, ServiceHealth> services) =>
        services.Values
            .Select(s => s.Capabilities.GetValueOrDefault(name))
            .OfType<ServiceCapability>()
            .OrderByDescending(c => c.State is Ok ? 0 : c.State is Away ? 2 : 1)
            .FirstOrDefault() ?? new ServiceCapability(Away, startedAt, "No service tells.");
}
