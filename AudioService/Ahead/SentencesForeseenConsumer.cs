using MassTransit;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Ahead;

/// <summary>What may be asked next is in memory, in the voice that will say it, before it is asked: within the prefetcher's budget, and not under load.</summary>
internal sealed class SentencesForeseenConsumer(Prefetcher prefetcher, Narrator narrator) : IConsumer<SentencesForeseen>
{
    public const string Queue = "museum.audio.sentences-foreseen";

    public Task Consume(ConsumeContext<SentencesForeseen> context)
    {
        foreach (var text in context.Message.Sentences)
        {
            prefetcher.TryPlan(ct => SayAsync(new Utterance(text, context.Message.Language), ct));
        }

        return Task.CompletedTask;
    }

    private async Task SayAsync(Utterance utterance, CancellationToken ct)
    {
        try
        {
            var sound = await narrator.SpeakAsync(utterance, SampleRates.Default, ct, CacheEntryOptions.Foreseen);
            await sound.Ended.WaitAsync(ct);
        }
        catch (MuseumException)
        {
            // Whoever asks for it will be told.
        }
    }
}
