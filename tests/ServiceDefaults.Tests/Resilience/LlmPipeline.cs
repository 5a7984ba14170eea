using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Resilience;
using Polly;

namespace Museum.ServiceDefaults.Tests.Resilience;

/// <summary>The pipelines <c>llm</c> and <c>srs</c> as a service registers them; settings are those of <c>Resilience:llm</c>.</summary>
internal sealed class LlmPipeline : IDisposable
{
    private readonly IConfigurationRoot configuration;
    private readonly ServiceProvider services;

    public LlmPipeline(TimeProvider time, params (string Key, string Value)[] settings)
    {
        configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Resilience:llm:FirstDelay", "00:00:00.001")]).Build();
        var collection = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(time).AddSingleton<IConfiguration>(configuration);
        services = collection.AddPipeline("llm", o => o.BreakerThroughput = 4).AddPipeline("srs").BuildServiceProvider();
        Array.ForEach(settings, s => configuration["Resilience:llm:" + s.Key] = s.Value);
    }

    public Pipelines Pipelines => services.GetRequiredService<Pipelines>();

    public ResiliencePipeline Pipeline => Pipelines.Of("llm");

    public IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

    public Breaker Breaker => Pipelines.BreakerOf("llm");

    /// <summary>As ValidateOnStart does.</summary>
    public void Start() => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>As a settings file that has changed.</summary>
    public void Change(string key, string value)
    {
        configuration["Resilience:llm:" + key] = value;
        configuration.Reload();
    }

    public void Dispose() => services.Dispose();
}
