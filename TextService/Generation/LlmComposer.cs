using System.Runtime.CompilerServices;
using System.Text;
using Museum.ServiceDefaults.Resilience;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// The model writes the answer from the materials; its function calls go to the client and their results back to it. When it says
/// nothing at all, somebody else may; when it breaks off, what it said stands.
/// </summary>
internal sealed class LlmComposer(LlmInterface llm) : IComposer
{
    /// <summary>As a provider of the capability <c>llm</c>.</summary>
    public const string Name = "model";

    // A model that calls functions again and again is going round in circles.
    private const int MostRounds = 4;

    public async IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
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
            // The first is opened inside an attempt of the capability, which goes on to the next composer when it fails.
            var stream = round == 0 ? await llm.OpenAsync(messages, completion, whole.Token) : await ReopenAsync(messages, completion, turn.Budget, whole.Token, ct);
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

    private async Task<LlmStream> ReopenAsync(
        List<ChatMessage> messages, ChatCompletionOptions completion, TurnBudget budget, CancellationToken whole, CancellationToken ct)
    {
        try
        {
            return await llm.OpenAsync(messages, completion, budget, whole);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw new CompositionException("The model did not come back after a function call.", e);
        }
    }
}
