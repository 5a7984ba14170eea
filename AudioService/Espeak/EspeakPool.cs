using Microsoft.Extensions.Options;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Espeak;

/// <summary>The workers: started when they are needed, kept, replaced when they die, with a growing pause while they keep dying.</summary>
internal sealed partial class EspeakPool(IOptions<TtsOptions> options, TimeProvider time, ILogger<EspeakPool> logger) : IAsyncDisposable
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.5, 1, 2, 4, 5 }.Select(s => TimeSpan.FromSeconds(s))];

    private readonly SemaphoreSlim free = new(options.Value.Espeak.Workers);
    private readonly Stack<EspeakWorker> idle = [];
    private readonly Lock sync = new();
    private int waiting;
    private int failures;
    private DateTimeOffset notBefore;
    private DependencyException? lastFailure;

    /// <summary>Null: a worker is there, or can be started. Else why not.</summary>
    public async ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        if (free.CurrentCount == 0)
        {
            return null;
        }

        try
        {
            await ReturnAsync(await RentAsync(ct), healthy: true);
            return null;
        }
        catch (DependencyException e)
        {
            return e.Message;
        }
    }

    public async Task<EspeakWorker> RentAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > options.Value.Espeak.Waiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new ResourceException("tts_busy", "Too many sentences wait for a voice.");
        }

        try
        {
            await free.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            return TakeIdle() ?? await StartAsync(ct);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    public async ValueTask ReturnAsync(EspeakWorker worker, bool healthy)
    {
        if (healthy && worker.Alive)
        {
            lock (sync)
            {
                idle.Push(worker);
            }
        }
        else
        {
            await worker.DisposeAsync();
        }

        free.Release();
    }

    public async ValueTask DisposeAsync()
    {
        while (TakeIdle() is { } worker)
        {
            await worker.DisposeAsync();
        }
    }

    private EspeakWorker? TakeIdle()
    {
        lock (sync)
        {
            while (idle.TryPop(out var worker))
            {
                if (worker.Alive)
                {
                    return worker;
                }

                worker.Forget();
            }

            return null;
        }
    }

    private async Task<EspeakWorker> StartAsync(CancellationToken ct)
    {
        lock (sync)
        {
            if (time.GetUtcNow() < notBefore)
            {
                throw lastFailure!;
            }
        }

        try
        {
            var worker = await EspeakWorker.StartAsync(options.Value.Espeak.Worker, logger, ct);
            LogStarted(worker.ProcessId);
            lock (sync)
            {
                failures = 0;
            }

            return worker;
        }
        catch (DependencyException e)
        {
            lock (sync)
            {
                lastFailure = e;
                notBefore = time.GetUtcNow() + Pauses[Math.Min(failures++, Pauses.Length - 1)];
            }

            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "espeak-ng's worker {ProcessId} is ready")]
    private partial void LogStarted(int processId);
}
