using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;

namespace Museum.TextService.Generation;

/// <summary>
/// What the official client has no setting for: headers of one's own, and the name under which most other servers know the limit of an
/// answer (<c>max_tokens</c>; they ignore <c>max_completion_tokens</c> and would write on without end).
/// </summary>
internal sealed class LlmDialect(LlmEndpoint endpoint) : PipelinePolicy
{
    private const string New = "max_completion_tokens";
    private const string Old = "max_tokens";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The model is asked asynchronously.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        foreach (var (name, value) in endpoint.Headers)
        {
            message.Request.Headers.Set(name, value);
        }

        if (message.Request.Content is { } content && WantsOldName)
        {
            message.Request.Content = await RenamedAsync(content, message.CancellationToken);
        }

        await ProcessNextAsync(message, pipeline, currentIndex);
    }

    private bool WantsOldName => endpoint.TokenLimit switch
    {
        TokenLimitName.MaxTokens => true,
        TokenLimitName.MaxCompletionTokens => false,
        _ => !(endpoint.BaseUrl!.Host is var host && (host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith("azure.com", StringComparison.OrdinalIgnoreCase))),
    };

    private static async Task<BinaryContent> RenamedAsync(BinaryContent content, CancellationToken ct)
    {
        using var written = new MemoryStream();
        await content.WriteToAsync(written, ct);
        written.Position = 0;
        var body = (await JsonNode.ParseAsync(written, cancellationToken: ct))!.AsObject();
        if (body.Remove(New, out var limit))
        {
            body[Old] = limit;
        }

        return BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
    }
}
