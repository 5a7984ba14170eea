using Microsoft.Extensions.Options;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Espeak;

/// <summary>The pool's worker processes, 30 MB each; a sentence takes one for 10–50 ms.</summary>
internal sealed partial class EspeakWorkers(IOptions<TtsOptions> options, ILogger<EspeakWorkers> logger) : IPooledResources<EspeakWorker>
{
    public async Task<EspeakWorker> CreateAsync(CancellationToken cancellationToken)
    {
        var worker = await EspeakWorker.StartAsync(options.Value.Espeak.Worker, logger, cancellationToken);
        LogStarted(worker.ProcessId);
        return worker;
    }

    public bool IsUsable(EspeakWorker resource) => resource.Alive;

    public ValueTask DestroyAsync(EspeakWorker resource) => resource.DisposeAsync();

    [LoggerMessage(Level = LogLevel.Information, Message = "espeak-ng's worker {ProcessId} is ready")]
    private partial void LogStarted(int processId);
}
