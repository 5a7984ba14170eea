using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace OpenTelemetry;

/// <summary>Starts the configured signals with the host and sends what is left when it stops.</summary>
internal sealed class TelemetryHostedService(IServiceProvider services) : IHostedService
{
    // An unreachable collector must not hold up a stop that has 15 s in all.
    private const int FlushMilliseconds = 3000;

    private MeterProvider? _meters;
    private TracerProvider? _tracers;
    private LoggerProvider? _logs;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meters = services.GetService<MeterProvider>();
        _tracers = services.GetService<TracerProvider>();
        _logs = services.GetService<LoggerProvider>();
        return Task.CompletedTask;
    }

    // Each flush blocks its thread until its batch is out.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _tracers?.ForceFlush(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => _logs?.ForceFlush(FlushMilliseconds), CancellationToken.None),
        Task.Run(() => _meters?.ForceFlush(FlushMilliseconds), CancellationToken.None));
}
