using MassTransit;
using Museum.Contracts.Events;

namespace Museum.AudioService.Vocabulary;

internal sealed class ContentChangedConsumer(VocabularyKeeper keeper) : IConsumer<ContentChanged>
{
    public Task Consume(ConsumeContext<ContentChanged> context)
    {
        keeper.AskSoon();
        return Task.CompletedTask;
    }
}
