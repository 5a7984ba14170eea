using MassTransit;
using Museum.AudioService.Ahead;
using Museum.Contracts.Events;

namespace Museum.AudioService.Vocabulary;

internal sealed class ContentChangedConsumer(VocabularyKeeper keeper, SpeechAhead ahead) : IConsumer<ContentChanged>
{
    public Task Consume(ConsumeContext<ContentChanged> context)
    {
        keeper.AskSoon();
        ahead.LookSoon();
        return Task.CompletedTask;
    }
}
