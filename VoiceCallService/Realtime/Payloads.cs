using System.Text.Json;
using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Reads payloads, and says what is wrong with one in the protocol's words.</summary>
internal static class Payloads
{
    public const int MaxQuestion = 10_000;

    /// <exception cref="ProtocolException">MALFORMED_PAYLOAD: a field has the wrong type.</exception>
    public static T Read<T>(IncomingEnvelope envelope)
    {
        try
        {
            return envelope.Payload.Deserialize<T>(ProtocolJson.Options)!;
        }
        catch (JsonException e)
        {
            throw ProtocolException.Malformed($"{envelope.MsgType}: {e.Path?.TrimStart('$', '.') ?? "payload"} has the wrong type.", RequestId(envelope));
        }
    }

    /// <summary>True: what is asked is spoken; false: written.</summary>
    public static bool IsVoice(RequestPayload request)
    {
        var id = request.RequestId;
        if (string.IsNullOrEmpty(id) || id.Length > 128)
        {
            throw ProtocolException.Malformed("REQUEST needs a request_id of 1 to 128 characters.");
        }

        return request.DataType switch
        {
            "TEXT" => false,
            "VOICE" => true,
            _ => throw ProtocolException.Malformed("data_type is TEXT or VOICE.", id),
        };
    }

    /// <summary>The question of a TEXT request, trimmed; empty when it only changes the session.</summary>
    public static string Question(RequestPayload request)
    {
        var id = request.RequestId;
        var text = request.Content?.Text?.Trim() ?? "";
        if (text.Length > MaxQuestion)
        {
            throw new ProtocolException(ErrorCodes.PayloadTooLarge, $"A question has at most {MaxQuestion} characters.") { RequestId = id };
        }

        return text.Length == 0 && !ChangesSession(request) ? throw ProtocolException.Malformed("The question is empty.", id) : text;
    }

    public static bool ChangesSession(RequestPayload request) =>
        request.UpdateSession is { ValueKind: JsonValueKind.Object } || request.FunctionCalling is not null || request.FunctionCallingOp is not null;

    private static string? RequestId(IncomingEnvelope envelope) =>
        envelope.Payload.TryGetProperty("request_id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
