using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Srs;

namespace Museum.TextService.Knowledge;

internal static class KnowledgeRegistration
{
    private const string Capability = "retrieval";
    private const string External = "srs";
    private const string Own = "content";

    /// <summary>An external SRS where one is configured, else and when it fails our own content.</summary>
    public static void AddKnowledge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRuntimeOptions<SrsOptions>(SrsOptions.Section);
        services.AddHttpClient(SrsClient.Pipeline, client =>
        {
            // Its time is its pipeline's.
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.MaxResponseContentBufferSize = 16 * 1024 * 1024;
        });
        // A visitor waits for it before the first word, and our own content is at hand.
        services.AddPipeline(SrsClient.Pipeline, o => (o.Timeout, o.TotalTimeout, o.Retries) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), 0));
        services.AddSingleton<SrsClient>();
        services.AddCache(SrsKnowledge.Kind);
        services.AddSingleton<SrsKnowledge>();
        services.AddSingleton<OwnKnowledge>();
        var isExternal = !string.IsNullOrEmpty(configuration[$"{SrsOptions.Section}:{nameof(SrsOptions.BaseUrl)}"]);
        services.AddProviders<IKnowledge>(
            provider =>
            [
                .. isExternal
                    ? new[]
                    {
                        new ProviderPlan<IKnowledge>
                        {
                            Name = External,
                            Load = _ => new(provider.GetRequiredService<SrsKnowledge>()),
                            Probe = (_, ct) => provider.GetRequiredService<SrsClient>().ProbeAsync(ct),
                            Pipeline = SrsClient.Pipeline,
                        },
                    }
                    : [],
                new() { Name = Own, Load = provider.GetRequiredService<OwnKnowledge>().LoadAsync, Probe = (_, _) => new((string?)null) },
            ],
            _ => [new(Capability, isExternal ? [External, Own] : [Own])]);
        services.AddSingleton(provider => provider.GetRequiredService<Providers<IKnowledge>>().Capabilities[Capability]);
    }
}
