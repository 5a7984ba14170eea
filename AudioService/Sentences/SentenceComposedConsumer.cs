using MassTransit;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Sentences;

/// <summary>One SentenceComposed in, exactly one SentenceSpoken or SentenceFailed out; nothing for an interrupted turn or a second delivery.</summary>
internal sealed class SentenceComposedConsumer(SentenceGate gate, SentenceSpeaker speaker) : IConsumer<SentenceComposed>
{
    public const string Queue = "museum.audio.sentence-composed";

    // More than can be made at once, so that the most urgent of them can go first.
    public const int Concurrency = 16;

    public Task Consume(ConsumeContext<SentenceComposed> context) =>
        gate.RunAsync(context.Message, token => speaker.SpeakAsync(context.Message, token), context.CancellationToken);
}
