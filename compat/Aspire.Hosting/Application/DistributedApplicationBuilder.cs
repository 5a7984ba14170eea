using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application, in run mode.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly BuilderInterception? _interception = BuilderInterception.Current;
    private readonly DistributedApplicationOptions _options;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        _interception?.Creating(options, settings);

        AppHostAssembly = options.ResolveAssembly();
        AppHostDirectory = options.ProjectDirectory ?? Metadata("apphostprojectpath") ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath ??= AppHostDirectory;
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        _host = Host.CreateApplicationBuilder(settings);
        RefusePublishing();
        ExecutionContext = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
        AddServices();
    }

    public Assembly? AppHostAssembly { get; }

    public string AppHostDirectory { get; }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => _interception?.Build(this) ?? new DistributedApplication(BuildHost());

    internal IHost BuildHost()
    {
        var host = _host.Build();
        ExecutionContext.ServiceProvider = host.Services;
        var loggers = host.Services.GetRequiredService<ResourceLoggerService>();
        if (_options.EnableResourceLogging)
        {
            ConsoleForwarder.ToLogging(loggers, host.Services.GetRequiredService<ILoggerFactory>(), Environment.ApplicationName);
        }
        else
        {
            ConsoleForwarder.ToConsole(loggers);
        }

        return host;
    }

    private void AddServices()
    {
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(p => new ResourceCommandService(p.GetRequiredService<ResourceNotificationService>(), p.GetRequiredService<Orchestrator>()));
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton(p => ActivatorUtilities.CreateInstance<Orchestrator>(p, Store.Folder(this)));
        Services.AddHostedService(p => p.GetRequiredService<Orchestrator>());
        Services.AddHealthChecks();
        Services.AddHttpClient();
        Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);

        // The state of a resource says it already.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
    }

    private void RefusePublishing()
    {
        if (Configuration["publisher"] is not null || Configuration["operation"] is not (null or "run"))
        {
            throw NotInTheSubset.Verb("publish");
        }
    }

    private string? Metadata(string key) => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
