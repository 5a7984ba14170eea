using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Degradation;

/// <summary>A capability and the names of its providers, the best first. Its own name is as it is reported and shown: <c>llm</c>, <c>voice.en</c>.</summary>
public sealed record CapabilityPlan(string Name, params IReadOnlyList<string> Order);

/// <summary>All providers of one kind in this process, each loaded and looked after once, and the capabilities that choose among them.</summary>
public sealed class Providers<T> : BackgroundService
    where T : class
{
    private readonly Dictionary<string, Provider<T>> all;
    private readonly Dictionary<string, Capability<T>> capabilities;

    public Providers(
        IEnumerable<ProviderPlan<T>> plans, IEnumerable<CapabilityPlan> capabilities, Pipelines pipelines, Capabilities board, TimeProvider time, ILogger<Providers<T>> logger)
    {
        all = plans.ToDictionary(p => p.Name, p => new Provider<T>(p, pipelines, time, logger));
        this.capabilities = capabilities.ToDictionary(c => c.Name, c => new Capability<T>(c.Name, [.. c.Order.Select(n => all[n])], board, logger));
    }

    public IReadOnlyDictionary<string, Capability<T>> Capabilities => capabilities;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in all.Values)
        {
            provider.Start();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(all.Values.Select(p => p.RunAsync(stoppingToken)));
}

public static class ProvidersRegistration
{
    /// <summary>Providers of a kind, looked after from the start on, and the capabilities that they make.</summary>
    public static IServiceCollection AddProviders<T>(
        this IServiceCollection services, Func<IServiceProvider, IEnumerable<ProviderPlan<T>>> providers, Func<IServiceProvider, IEnumerable<CapabilityPlan>> capabilities)
        where T : class
    {
        services.AddPipelines();
        services.TryAddSingleton<Capabilities>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Providers<T>>(provider, providers(provider), capabilities(provider)));
        return services.AddHostedService(provider => provider.GetRequiredService<Providers<T>>());
    }
}
