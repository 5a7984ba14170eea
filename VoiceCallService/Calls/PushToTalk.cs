using System.Runtime.InteropServices;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// A question that is spoken while a button is held (MuseumAgent 1.0, VOICE): the client says where it begins and ends.
/// <code>
/// BINARY    REQUEST stream_seq 0 ─► binary frames ─► REQUEST stream_seq -1
/// BASE64    REQUEST stream_seq 0, 1, … each with a piece ─► -1; or one with stream_flag false, which is whole
/// </code>
/// </summary>
internal sealed class PushToTalk(ClientSession session, TurnDesk desk, CallMessages messages, Recognizer recognizer, TimeProvider time) : IAsyncDisposable
{
    private CancellationTokenSource press = new();
    private UtteranceAudio? audio;
    private Task<HeardUtterance> heard = Task.FromResult(HeardUtterance.Nothing);
    private Task answering = Task.CompletedTask;
    private string requestId = "";
    private int nextSeq;

    /// <summary>Binary frames belong to it.</summary>
    public bool IsOpen => audio is not null;

    /// <exception cref="ProtocolException">STREAM_SEQ_ERROR, UNSUPPORTED_FORMAT or MALFORMED_PAYLOAD.</exception>
    public async Task RequestAsync(RequestPayload request, Question question, CancellationToken ct)
    {
        if (request.Content?.AudioFormat is { Length: > 0 } format && format is not ("pcm" or "pcm16"))
        {
            throw new ProtocolException(ErrorCodes.UnsupportedFormat, "Sound is pcm16 at 16000 Hz here.") { RequestId = request.RequestId };
        }

        var whole = !request.StreamFlag && request.Content?.Voice is not null;
        if (request.StreamSeq == 0 || whole)
        {
            await BeginAsync(request.RequestId!, ct);
        }
        else if (!IsOpen || request.RequestId != requestId || (request.StreamSeq != -1 && request.StreamSeq != nextSeq))
        {
            throw new ProtocolException(ErrorCodes.StreamSeqError, "stream_seq counts from 0, and -1 ends it.") { RequestId = request.RequestId };
        }

        nextSeq++;
        if (request.Content?.Voice is { Length: > 0 } voice)
        {
            Add(MemoryMarshal.Cast<byte, short>(Decode(voice, request.RequestId!)));
        }

        if (whole || request.StreamSeq == -1)
        {
            End(question);
        }
    }

    public void Add(ReadOnlySpan<short> pcm) => audio?.Append(pcm);

    /// <summary>The socket of the button is gone, and with it part of what was said: the client asks anew.</summary>
    public void Abandon()
    {
        audio?.Dispose();
        audio = null;
    }

    public async ValueTask DisposeAsync()
    {
        await GiveUpAsync();
        press.Dispose();
    }

    private static byte[] Decode(string voice, string requestId)
    {
        try
        {
            return Convert.FromBase64String(voice) is { Length: var length } bytes && length % 2 == 0 ? bytes : throw ProtocolException.Malformed("voice holds half a sample.", requestId);
        }
        catch (FormatException)
        {
            throw ProtocolException.Malformed("voice is not BASE64.", requestId);
        }
    }

    private async Task BeginAsync(string id, CancellationToken ct)
    {
        // The button says that it is meant: the guide is silent at once, and what was asked before is not answered any more.
        await GiveUpAsync();
        await desk.InterruptAsync(null, "USER_VOICE_INPUT", acknowledge: false, ct);
        press.Dispose();
        press = new CancellationTokenSource();
        (audio, requestId, nextSeq) = (new UtteranceAudio(), id, 0);
        heard = recognizer.RecognizeAsync(audio, session, default, messages.Partial, press.Token);
    }

    private async Task GiveUpAsync()
    {
        await press.CancelAsync();
        await ((Task)heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        audio?.Dispose();
        audio = null;
    }

    private void End(Question question)
    {
        var said = audio!;
        said.End();
        audio = null;
        answering = AnswerAsync(said, heard, question with { AskedAt = time.GetTimestamp() }, press.Token);
    }

    /// <summary>Beside the socket's reader: it may still be interrupted.</summary>
    private async Task AnswerAsync(UtteranceAudio said, Task<HeardUtterance> hearing, Question question, CancellationToken ct)
    {
        using (said)
        {
            var (text, reply) = ("", (string?)null);
            var language = session.SpokenLanguage;
            try
            {
                var found = await hearing;
                await messages.FinalAsync(found, null, ct);
                text = found.Text;
                reply = found.LowConfidence || text.Length == 0 ? CallPhrases.AskAgain(language, text) : null;
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                reply = CallPhrases.CannotHear(language);
            }

            await desk.AskAsync(question with { Text = text, Reply = reply }, turn => turn.Times.TranscriptMs = turn.ElapsedMs, ct);
        }
    }
}
