namespace Museum.Contracts.Protocol;

/// <summary>The protocol's error codes, and whether the same message may be sent again.</summary>
public static class ErrorCodes
{
    public const string AuthFailed = "AUTH_FAILED";
    public const string SessionInvalid = "SESSION_INVALID";
    public const string StreamSeqError = "STREAM_SEQ_ERROR";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string ServerBusy = "SERVER_BUSY";
    public const string MalformedPayload = "MALFORMED_PAYLOAD";
    public const string InternalError = "INTERNAL_ERROR";
    public const string RequestTimeout = "REQUEST_TIMEOUT";
    public const string RateLimited = "RATE_LIMITED";
    public const string UnsupportedFormat = "UNSUPPORTED_FORMAT";

    public static bool IsRetryable(string code) => code is
        AuthFailed or StreamSeqError or ServerBusy or InternalError or RequestTimeout or RateLimited;
}
