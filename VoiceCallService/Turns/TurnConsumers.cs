using MassTransit;
using Museum.Contracts.Events;

namespace Museum.VoiceCallService.Turns;

/// <summary>The events addressed to this holder.</summary>
internal sealed class TurnConsumers(SentenceIntake intake) : IConsumer<SentenceSpoken>, IConsumer<SentenceFailed>, IConsumer<SentenceAnimated>
{
    public Task Consume(ConsumeContext<SentenceSpoken> context)
    {
        intake.Spoken(context.Message);
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
