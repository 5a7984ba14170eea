using MassTransit;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AvatarService.Sentences;

/// <summary>One SentenceSpoken in, one SentenceAnimated out; nothing for an interrupted turn, a second delivery or a sentence without phones.</summary>
internal sealed class SentenceSpokenConsumer(SentenceGate gate, SentenceAnimator animator) : IConsumer<SentenceSpoken>
{
    public const string Queue = "museum.avatar.sentence-spoken";

    // A track takes a millisecond; the few that listen for their times wait, and must not hold up the others.
    public const int Concurrency = 16;

    public Task Consume(ConsumeContext<SentenceSpoken> context) =>
        gate.RunAsync(context.Message, token => animator.AnimateAsync(context.Message, token), context.CancellationToken);
}
