using System.Net.WebSockets;
using System.Threading.RateLimiting;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// Admits a call once, when it registers; inside it nothing is refused. A process whose work waits for threads bears fewer calls
/// (<c>Limits:calls</c>): those it has stay, new ones are told when to come back.
/// </summary>
internal sealed class CallAdmission : IHostedService, IDisposable
{
    public const string Limit = "calls";

    /// <summary>Try again later: https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number</summary>
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(1);

    private readonly AdaptiveLimiter calls;
    private readonly RecurringWork measuring;

    public CallAdmission([FromKeyedServices(Limit)] AdaptiveLimiter calls, WorkScheduler scheduler, TimeProvider time)
    {
        this.calls = calls;
        measuring = new RecurringWork(
            scheduler, "thread_wait", MeasureEvery, async _ => calls.Observe(await ThreadWait.MeasureAsync(time)), WorkPriority.High);
    }

    /// <returns>To be disposed when the call ends.</returns>
    /// <exception cref="ProtocolException">SERVER_BUSY, with the time to come back; closes the socket with 1013.</exception>
    public RateLimitLease Admit(string session)
    {
        var lease = calls.AttemptAcquire(session);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
        throw new ProtocolException(ErrorCodes.ServerBusy, "All lines are taken at the moment.")
        {
            Close = TryAgainLater,
            Of = new ErrorInfo(ErrorCategory.Resource, "server_busy", "All lines are taken at the moment.", true, StatusCodes.Status503ServiceUnavailable, retryAfter),
        };
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        measuring.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        measuring.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => measuring.Dispose();
}
