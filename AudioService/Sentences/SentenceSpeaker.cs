using System.Diagnostics;
using Microsoft.Extensions.Options;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Turns;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Sentences;

/// <summary>Makes a turn's sentence heard: a voice, a handle to its sound, and the announcement.</summary>
internal sealed partial class SentenceSpeaker(
    Narrator narrator, SoundStore store, IEventPublisher events, GrpcAddress address, IOptionsMonitor<TtsOptions> options, ErrorMetrics errors,
    TimeProvider time, ILogger<SentenceSpeaker> logger)
{
    // Of the 16 KB that an event may have, after its envelope and text; measured: 105 bytes a word, 78 a phone.
    private const int TimesBytes = 12_000;
    private const int WordBytes = 110;
    private const int PhoneBytes = 80;

    private const string TooLate = "too_late";

    private readonly UrgencyGate gate = new(options.CurrentValue.Concurrency);

    /// <summary>Ends when the sound is made, long after it is announced at its first piece. Cancelled, it stops the sound and announces nothing more.</summary>
    public async Task SpeakAsync(SentenceComposed sentence, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("synthesize", sentence, sentence.TraceParent);
        IDisposable? place = null;
        try
        {
            SentenceSound? sound;
            try
            {
                Delivery.CheckVolume(sentence.Volume);
                var voice = narrator.HasVoice(sentence.Voice, sentence.Language) ? sentence.Voice : null;
                var utterance = Utterance.Of(sentence.Text, sentence.Language, voice, sentence.Rate, sentence.Pitch) with { Quality = SpeechQualities.Named(sentence.Quality) };
                sound = await narrator.RecallAsync(utterance, SampleRates.Check(sentence.SampleRate), ct);
                activity?.SetTag("museum.tts.cached", sound is not null);
                // What was said before waits for no engine.
                place = sound is null ? await gate.EnterAsync(sentence.NeededBy, ct) : null;
                if (IsTooLate(sentence, sound is null ? options.CurrentValue.FirstSound : TimeSpan.Zero))
                {
                    errors.Count(ErrorCategory.Resource, TooLate);
                    activity?.SetStatus(ActivityStatusCode.Error, TooLate);
                    await events.PublishAsync(Failed(sentence, TooLate), ct);
                    return;
                }

                sound ??= await narrator.SpeakAsync(utterance, sentence.SampleRate, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // Whatever it was, the holder is told, and sends the text alone.
                var error = ErrorInfo.Of(e);
                errors.Count(error);
                LogFailed(Recovery.Of(error).IsDefect ? e : null, sentence.Session, sentence.Turn, sentence.Sequence, error.Code);
                activity?.SetStatus(ActivityStatusCode.Error, error.Code);
                await events.PublishAsync(Failed(sentence, error.Code), ct);
                return;
            }

            activity?.SetTag("museum.tts.provider", sound.Provider);
            await sound.WaitForTimesAsync(options.CurrentValue.TimesGrace, ct);
            await events.PublishAsync(Spoken(sentence, sound), ct);
            await sound.Ended;
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>Both clocks are this machine's on one host; across hosts they are kept together far closer than this.</summary>
    private bool IsTooLate(SentenceComposed sentence, TimeSpan firstSound) =>
        sentence.GivenUpAt is { } end && time.GetUtcNow() + firstSound > DateTimeOffset.FromUnixTimeMilliseconds(end);

    private SentenceSpoken Spoken(SentenceComposed sentence, SentenceSound sound)
    {
        var (words, phones, complete) = sound.Times;
        var fittingWords = AtMost(words, TimesBytes / WordBytes);
        var fittingPhones = AtMost(phones, (TimesBytes - (fittingWords.Count * WordBytes)) / PhoneBytes);
        return new SentenceSpoken
        {
            Holder = sentence.Holder,
            Epoch = sentence.Epoch,
            Session = sentence.Session,
            Turn = sentence.Turn,
            Sequence = sentence.Sequence,
            Text = sentence.Text,
            Language = sentence.Language,
            SampleRate = sound.SampleRate,
            Address = address.Value,
            Handle = store.Put(sound, sentence.Volume),
            Provider = sound.Provider,
            Words = fittingWords,
            Phones = fittingPhones,
            TotalSamples = sound.Finished ? sound.Samples : null,
            TimesComplete = complete && fittingWords.Count == words.Count && fittingPhones.Count == phones.Count,
            TraceParent = sentence.TraceParent,
        };
    }

    private static IReadOnlyList<T> AtMost<T>(IReadOnlyList<T> times, int count) => times.Count <= count ? times : [.. times.Take(count)];

    private static SentenceFailed Failed(SentenceComposed sentence, string code) => new()
    {
        Holder = sentence.Holder,
        Epoch = sentence.Epoch,
        Session = sentence.Session,
        Turn = sentence.Turn,
        Sequence = sentence.Sequence,
        Code = code,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "No voice for sentence {Sequence} of turn {Turn} of {Session}: {Code}")]
    private partial void LogFailed(Exception? exception, string session, long turn, int sequence, string code);
}
