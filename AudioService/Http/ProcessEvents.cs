using System.Diagnostics;
using System.Text.Json;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.AudioService.Turns;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.Text.V1;

namespace Museum.AudioService.Http;

/// <summary>
/// The turn as server-sent events, named as the client protocol's messages:
/// <code>
/// TRANSCRIPT, then in the order in which they are made RESPONSE (text or voice), SOURCES, SUGGESTIONS, then TURN_ENDED or ERROR
/// </code>
/// The two streams of RESPONSE count from 0 and end with -1. A voice of pcm comes in pieces while it is made, of another format as one file per sentence.
/// </summary>
internal sealed class ProcessEvents(Recording heard, IAsyncEnumerable<TurnPart> parts, Delivery delivery, SoundFiles files, ErrorMetrics errors) : IResult
{
    private int texts;
    private int voices;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        await using var turn = parts.GetAsyncEnumerator(ct);
        // Until TextService answers nothing is sent, so that what goes wrong before it is told as a problem.
        var more = await turn.MoveNextAsync();
        var response = httpContext.Response;
        (response.ContentType, response.Headers.CacheControl) = (ProcessApi.EventStream, "no-store");
        try
        {
            await SendAsync(response, MessageTypes.Transcript, TranscriptEvent.Of(heard), ct);
            for (; more; more = await turn.MoveNextAsync())
            {
                await TellAsync(response, turn.Current, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var error = ErrorInfo.Of(e);
            errors.Count(error);
            await SendAsync(response, MessageTypes.Error, Payload(error), ct);
        }
    }

    private Task TellAsync(HttpResponse response, TurnPart part, CancellationToken ct) => part switch
    {
        TurnPart.Written written => SendAsync(response, MessageTypes.Response, new ResponseEvent { TextStreamSeq = texts++, Sequence = written.Sequence, Content = new() { Text = written.Value } }, ct),
        TurnPart.Spoken spoken => SpeakAsync(response, spoken, ct),
        TurnPart.Founded founded => SendAsync(response, MessageTypes.Sources, new { Exhibits = founded.Exhibits.Select(e => new ExhibitSource(e.Id, e.Title, e.Quote, e.Score)) }, ct),
        TurnPart.Suggested suggested => SendAsync(response, MessageTypes.Suggestions, new { suggested.Questions }, ct),
        TurnPart.Finished finished => EndAsync(response, finished.Done, ct),
        _ => Task.CompletedTask,
    };

    private async Task SpeakAsync(HttpResponse response, TurnPart.Spoken spoken, CancellationToken ct)
    {
        if (await spoken.Sound.WaitAsync(ct) is not { } sound)
        {
            return;
        }

        if (delivery.Format.Name != "pcm")
        {
            await SendVoiceAsync(response, spoken, await files.EncodeAsync(delivery.Format, delivery.SampleRate, await sound.PcmAsync(delivery.Volume, ct), ct), ct);
            return;
        }

        await foreach (var piece in sound.ReadAsync(ct))
        {
            if (piece.Pcm.Length > 0)
            {
                await SendVoiceAsync(response, spoken, await files.EncodeAsync(delivery.Format, delivery.SampleRate, Loudness.Scale(piece.Pcm.Span, delivery.Volume), ct), ct);
            }
        }
    }

    private Task SendVoiceAsync(HttpResponse response, TurnPart.Spoken spoken, byte[] voice, CancellationToken ct) =>
        SendAsync(response, MessageTypes.Response, new ResponseEvent { VoiceStreamSeq = voices++, Sequence = spoken.Sentence.Sequence, Content = new() { Voice = Convert.ToBase64String(voice) } }, ct);

    private static async Task EndAsync(HttpResponse response, Done done, CancellationToken ct)
    {
        await SendAsync(response, MessageTypes.Response, new ResponseEvent { TextStreamSeq = -1, VoiceStreamSeq = -1, Content = new() }, ct);
        await SendAsync(response, MessageTypes.TurnEnded, new { Interrupted = false, done.Grounded, done.Language, done.Composer, done.ContentVersion }, ct);
    }

    private static async Task SendAsync(HttpResponse response, string name, object data, CancellationToken ct)
    {
        await response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, ProtocolJson.Options)}\n\n", ct);
        await response.Body.FlushAsync(ct);
    }

    private static ErrorPayload Payload(ErrorInfo error) => new()
    {
        ErrorCode = error.ProtocolCode,
        ErrorMsg = error.Message,
        ErrorDetail = error.Code,
        Retryable = error.Retryable,
        RetryAfterMs = error.ComeBackIn is { } wait ? (int)wait.TotalMilliseconds : null,
        TraceId = Activity.Current?.TraceId.ToString(),
    };
}

internal sealed record TranscriptEvent(string Text, bool IsFinal, string Language, double Confidence, long DurationMs, IReadOnlyList<SttWord> Words, string Provider)
{
    public static TranscriptEvent Of(Recording recording)
    {
        var heard = SttResponse.Of(recording);
        return new(heard.Text, true, heard.Language, heard.Confidence, heard.DurationMs, heard.Words, heard.Provider);
    }
}

internal sealed record ResponseEvent
{
    public int? TextStreamSeq { get; init; }
    public int? VoiceStreamSeq { get; init; }

    /// <summary>The sentence, from 0.</summary>
    public int? Sequence { get; init; }
    public required ResponseContent Content { get; init; }
}
