using System.Runtime.CompilerServices;
using System.Text;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// The model writes the answer from the materials; its function calls go to the client and their results back to it. When it says
/// nothing at all, extraction takes over; when it breaks off, what it said stands.
/// </summary>
internal sealed partial class LlmComposer(LlmInterface llm, ExtractionComposer extraction, Capabilities capabilities, ILogger<LlmComposer> logger) : IComposer
{
    private const string Capability = "llm";

    // A model that calls functions again and again is going round in circles.
    private const int MostRounds = 4;

    public async IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!llm.Options.IsConfigured)
        {
            await foreach (var piece in extraction.ComposeAsync(turn, results, ct))
            {
                yield return piece;
            }

            yield break;
        }

        var messages = Prompt.Of(turn);
        var completion = new ChatCompletionOptions { MaxOutputTokenCount = llm.Options.MaxTokens, Temperature = llm.Options.Temperature };
        foreach (var tool in FunctionTools.Of(turn.Request.Functions))
        {
            completion.Tools.Add(tool);
        }

        using var whole = CancellationTokenSource.CreateLinkedTokenSource(ct);
        whole.CancelAfter(TimeSpan.FromSeconds(llm.Options.TimeoutSeconds));
        for (var round = 0; round < MostRounds; round++)
        {
            var stream = await TryOpenAsync(messages, completion, round, whole.Token, ct);
            if (stream is null)
            {
                await foreach (var piece in extraction.ComposeAsync(turn, results, ct))
                {
                    yield return piece;
                }

                yield break;
            }

            var said = new StringBuilder();
            var calls = new ToolCalls();
            await using (stream)
            {
                if (round == 0)
                {
                    yield return new Piece.By(llm.Options.Model!);
                }

                do
                {
                    calls.Add(stream.Current.ToolCallUpdates);
                    var text = string.Concat(stream.Current.ContentUpdate.Select(p => p.Text));
                    if (text.Length > 0)
                    {
                        said.Append(text);
                        yield return new Piece.Text(text);
                    }
                }
                while (await stream.NextAsync(ct));
            }

            if (calls.IsEmpty)
            {
                yield break;
            }

            messages.Add(calls.ToMessage(said.ToString()));
            foreach (var call in calls.All)
            {
                yield return new Piece.Call(call.Id, call.FunctionName, call.FunctionArguments.ToString());
                var outcome = await results.WaitAsync(call.Id, ct);
                messages.Add(new ToolChatMessage(call.Id, outcome.IsSuccess ? outcome.ResultJson : $"{{\"error\":{outcome.ResultJson}}}"));
            }
        }
    }

    // Null: it never said a word, and extraction may still take over.
    private async Task<LlmStream?> TryOpenAsync(List<ChatMessage> messages, ChatCompletionOptions completion, int round, CancellationToken whole, CancellationToken ct)
    {
        try
        {
            var stream = await llm.OpenAsync(messages, completion, whole);
            capabilities.Report(Capability, CapabilityState.Ok);
            return stream;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogAway(logger, ErrorInfo.Of(e).Code, e.Message);
            capabilities.Report(Capability, CapabilityState.Degraded, "The model is away; the guide answers with the curators' own sentences.");
            return round == 0 ? null : throw new CompositionException("The model did not come back after a function call.", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model does not answer ({Code}): {Reason}")]
    private static partial void LogAway(ILogger logger, string code, string reason);
}
