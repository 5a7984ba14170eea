using System.Diagnostics;
using Museum.AvatarService.Sense;
using Museum.AvatarService.Visemes;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Telemetry;

namespace Museum.AvatarService.Sentences;

/// <summary>Gives a spoken sentence its face.</summary>
internal sealed partial class SentenceAnimator(SpokenPhones spokenPhones, IEventPublisher events, ILogger<SentenceAnimator> logger)
{
    private static readonly ActivitySource Source = new("Museum.AvatarService");

    public async Task AnimateAsync(SentenceSpoken sentence, CancellationToken ct)
    {
        using var activity = Source.StartActivity("animate", sentence, sentence.TraceParent);
        try
        {
            var (phones, total) = await spokenPhones.OfAsync(sentence, ct);
            var started = Stopwatch.GetTimestamp();
            var bearing = SentenceSense.Read(sentence.Text);
            var visemes = TrackThinning.Thin(TrackComposer.Compose(phones, sentence.SampleRate, total));
            InferenceDuration.Record(InferenceDuration.Visemes, "phones", started);
            await events.PublishAsync(
                new SentenceAnimated
                {
                    Holder = sentence.Holder,
                    Epoch = sentence.Epoch,
                    Session = sentence.Session,
                    Turn = sentence.Turn,
                    Sequence = sentence.Sequence,
                    SampleRate = sentence.SampleRate,
                    Visemes = visemes,
                    Expression = bearing.Expression,
                    Action = bearing.Action,
                },
                ct);
        }
        catch (ClientException e)
        {
            // No phones: the sound is told without a face rather than with a closed mouth.
            activity?.SetStatus(ActivityStatusCode.Error, e.Code);
            LogFaceless(sentence.Session, sentence.Turn, sentence.Sequence, e.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No face for sentence {Sequence} of turn {Turn} of {Session}: {Code}")]
    private partial void LogFaceless(string session, long turn, int sequence, string code);
}
