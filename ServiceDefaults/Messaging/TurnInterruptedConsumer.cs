using MassTransit;
using Museum.Contracts.Events;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Hands interruptions to this process's <see cref="SentenceGate"/>.</summary>
public sealed class TurnInterruptedConsumer(SentenceGate gate) : IConsumer<TurnInterrupted>
{
    public Task Consume(ConsumeContext<TurnInterrupted> context)
    {
        gate.Interrupt(context.Message);
        return Task.CompletedTask;
    }
}
