using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;

namespace Museum.VoiceCallService.Realtime;

/// <summary>The one place that tells clients of failures, and counts them.</summary>
internal sealed class ErrorFrames(ErrorMetrics metrics)
{
    public ValueTask SendAsync(Outbox outbox, ProtocolException error, string? traceId, CancellationToken cancellationToken)
    {
        if (error.Of is { } failure)
        {
            metrics.Count(failure);
        }
        else
        {
            metrics.Count(ErrorInfo.CategoryOf(error.Code), error.Code.ToLowerInvariant());
        }

        return outbox.SendAsync(MessageTypes.Error, error.ToPayload(traceId), cancellationToken);
    }
}
