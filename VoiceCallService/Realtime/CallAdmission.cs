using System.Net.WebSockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Scheduling;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// Admits a call once, when it registers; inside it nothing is refused. A process whose work waits for threads bears fewer calls
/// (<c>Limits:calls</c>): those it has stay, new ones are told when to come back.
/// </summary>
internal sealed class CallAdmission : IHostedService, IDisposable
{
    public const string Limit = "calls";

    /// <summary>A visitor who speaks with the guide does so for a minute or two; one of many leaves within ten seconds.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(1);

    private readonly AdaptiveLimiter calls;
    private readonly RecurringWork measuring;
    private readonly IOptionsMonitor<CallLimits> limits;
    private int microphones;

    public CallAdmission([FromKeyedServices(Limit)] AdaptiveLimiter calls, IOptionsMonitor<CallLimits> limits, Lazy<CallParts> live, WorkScheduler scheduler, TimeProvider time)
    {
        (this.calls, this.limits) = (calls, limits);
        measuring = new RecurringWork(
            scheduler, "thread_wait", MeasureEvery, async _ => calls.Observe(Later(await ThreadWait.MeasureAsync(time), Lateness(live))), WorkPriority.High);
    }

    /// <param name="session">Whose call.</param>
    /// <param name="hasMicrophone">A live call, which costs more than one in writing.</param>
    /// <param name="cameBack">It was admitted before its socket broke, and is not refused now.</param>
    /// <returns>To be disposed when the socket is gone.</returns>
    /// <exception cref="ProtocolException">SERVER_BUSY, with the time to come back; closes the socket with 1013.</exception>
    public IDisposable Admit(string session, bool hasMicrophone, bool cameBack)
    {
        if (hasMicrophone && !TakeMicrophone(cameBack))
        {
            throw Busy(UsualWait, Farewell.TryAgainLater);
        }

        var lease = calls.AttemptAcquire(session);
        if (lease.IsAcquired || cameBack)
        {
            return new Line(this, lease, hasMicrophone);
        }

        Release(hasMicrophone);
        throw Busy(lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : UsualWait, Farewell.TryAgainLater);
    }

    /// <summary>Admits the microphone of a visitor who has written so far; who is refused writes on.</summary>
    /// <returns>To be disposed when the call is over.</returns>
    /// <exception cref="ProtocolException">SERVER_BUSY, with the time to come back.</exception>
    public IDisposable AdmitMicrophone() => TakeMicrophone(cameBack: false) ? new Line(this, null, hasMicrophone: true) : throw Busy(UsualWait, null);

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

    /// <summary>How late voice activity is known: a machine that falls behind with it bears fewer calls. No model is loaded for the question.</summary>
    private static TimeSpan Lateness(Lazy<CallParts> live) => live.IsValueCreated ? live.Value.Engine.TakeWorstLateness() : TimeSpan.Zero;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private bool TakeMicrophone(bool cameBack)
    {
        if (Interlocked.Increment(ref microphones) <= limits.CurrentValue.MaxConcurrentCalls || cameBack)
        {
            return true;
        }

        Interlocked.Decrement(ref microphones);
        return false;
    }

    private static ProtocolException Busy(TimeSpan retryAfter, WebSocketCloseStatus? close) => new(ErrorCodes.ServerBusy, "All lines are taken at the moment.")
    {
        Close = close,
        Of = new ErrorInfo(ErrorCategory.Resource, "server_busy", "All lines are taken at the moment.", true, StatusCodes.Status503ServiceUnavailable, retryAfter),
    };

    private void Release(bool hasMicrophone)
    {
        if (hasMicrophone)
        {
            Interlocked.Decrement(ref microphones);
        }
    }

    private sealed class Line(CallAdmission admission, RateLimitLease? lease, bool hasMicrophone) : IDisposable
    {
        private bool released;

        public void Dispose()
        {
            lease?.Dispose();
            if (!Interlocked.Exchange(ref released, true))
            {
                admission.Release(hasMicrophone);
            }
        }
    }
}
