using MassTransit;
using Museum.Contracts.Events;

namespace Museum.VoiceCallService.Turns;

/// <summary>The events addressed to this holder.</summary>
internal sealed class TurnConsumers(SentenceIntake intake, TimeProvider time) : IConsumer<SentenceSpoken>, IConsumer<SentenceFailed>, IConsumer<SentenceAnimated>
{
    public Task Consume(ConsumeContext<SentenceSpoken> context)
    {
        // Both clocks are this machine's on one host; across hosts the figure is as good as their synchronisation.
        intake.Spoken(context.Message, context.SentTime is { } sent ? (time.GetUtcNow() - sent).TotalMilliseconds : null);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<SentenceFailed> context)
    {
        intake.Failed(context.Message);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<SentenceAnimated> context)
    {
        intake.Animated(context.Message);
        return Task.CompletedTask;
    }
}
