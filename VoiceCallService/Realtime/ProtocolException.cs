using System.Net.WebSockets;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;

namespace Museum.VoiceCallService.Realtime;

/// <summary>A message that is answered with ERROR; with <see cref="Close"/>, the socket is closed after it.</summary>
internal sealed class ProtocolException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public string? Detail { get; init; }

    public string? RequestId { get; init; }

    public WebSocketCloseStatus? Close { get; init; }

    /// <summary>Of which failure it tells; null: the client broke the protocol, as <see cref="Code"/> says.</summary>
    public ErrorInfo? Of { get; init; }

    public static ProtocolException Malformed(string message, string? requestId = null) =>
        new(ErrorCodes.MalformedPayload, message) { RequestId = requestId };

    /// <summary>Not let in: closes the socket.</summary>
    public static ProtocolException Refused(string message) => new(ErrorCodes.AuthFailed, message) { Close = WebSocketCloseStatus.PolicyViolation };

    /// <summary>The protocol's reading of any failure (ServiceDefaults, errors).</summary>
    public static ProtocolException From(Exception exception, string? requestId)
    {
        var error = ErrorInfo.Of(exception);
        return new ProtocolException(error.ProtocolCode, error.Message) { Detail = error.Code, RequestId = requestId, Of = error };
    }

    public ErrorPayload ToPayload(string? traceId) => new()
    {
        ErrorCode = Code,
        ErrorMsg = Message,
        ErrorDetail = Detail,
        Retryable = ErrorCodes.IsRetryable(Code),
        RequestId = RequestId,
        RetryAfterMs = (int?)Of?.ComeBackIn?.TotalMilliseconds,
        TraceId = traceId,
    };
}
