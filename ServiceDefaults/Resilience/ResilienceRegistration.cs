using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>That a pipeline of this name exists.</summary>
public sealed record PipelineName(string Value);

public static class ResilienceRegistration
{
    /// <summary>A dependency with a pipeline of its own, for <see cref="Pipelines.Of"/>; its settings are checked at the start.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="dependency">Its name, and the section <c>Resilience:NAME</c>.</param>
    /// <param name="defaults">What it needs otherwise than others; configuration wins.</param>
    public static IServiceCollection AddPipeline(this IServiceCollection services, string dependency, Action<PipelineOptions>? defaults = null)
    {
        services.AddSingleton(new PipelineName(dependency));
        services.AddRuntimeOptions<PipelineOptions>(PipelineOptions.Section, dependency, defaults ?? (_ => { }));
        services.AddPipelines();
        return services;
    }

    internal static void AddPipelines(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<ResilienceTelemetry>();
        services.TryAddSingleton<Pipelines>();
    }
}
