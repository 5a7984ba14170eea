using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Calls;

/// <summary>What the client is told of its own voice, as far as it asked for it.</summary>
internal sealed class CallMessages(ClientSession session, Outbox outbox)
{
    private const double SamplesPerMs = UtteranceAudio.SampleRate / 1000d;

    public ValueTask SpeechStartedAsync(long atSample, CancellationToken ct) => SendIfAsync(Features.SpeechEvents, MessageTypes.SpeechStarted, new SpeechPayload { AudioMs = atSample / SamplesPerMs }, ct);

    public ValueTask SpeechStoppedAsync(long atSample, CancellationToken ct) => SendIfAsync(Features.SpeechEvents, MessageTypes.SpeechStopped, new SpeechPayload { AudioMs = atSample / SamplesPerMs }, ct);

    /// <summary>The next one takes its place, so it may be left out.</summary>
    public void Partial(string text)
    {
        if (session.Wants(Features.Transcripts))
        {
            outbox.TrySend(MessageTypes.Transcript, new TranscriptPayload { Text = text, IsFinal = false });
        }
    }

    /// <param name="turn">Null: it is not answered.</param>
    public ValueTask FinalAsync(HeardUtterance heard, long? turn, CancellationToken ct) => SendIfAsync(
        Features.Transcripts,
        MessageTypes.Transcript,
        new TranscriptPayload
        {
            TurnId = turn,
            Text = heard.Text,
            IsFinal = true,
            Confidence = Math.Round(heard.Confidence, 3),
            Words = [.. heard.Words.Select(w => new SpokenWord(w.Text, w.StartSample / SamplesPerMs, w.EndSample / SamplesPerMs))],
        },
        ct);

    private ValueTask SendIfAsync<T>(string feature, string type, T payload, CancellationToken ct) =>
        session.Wants(feature) ? outbox.SendAsync(type, payload, ct) : ValueTask.CompletedTask;
}
