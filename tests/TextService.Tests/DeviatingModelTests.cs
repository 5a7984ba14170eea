using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>Servers that speak the chat-completions protocol in their own way, as vLLM, Ollama, TGI, DashScope and others do somewhere.</summary>
public sealed class DeviatingModelTests
{
    private const string Question = "Who painted The Scream?";
    private const string Answer = "The Scream was painted by Edvard Munch.";

    public static TheoryData<string, string[]> Streams => new()
    {
        { "no [DONE]", [Text(Answer), End("stop")] },
        { "neither an end nor [DONE]", [Text(Answer)] },
        { "an end that the protocol does not know", [Text(Answer), End("eos_token")] },
        { "usage in a chunk without choices", [Text(Answer), End("stop"), """data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"m","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":9,"total_tokens":19}}""", "data: [DONE]"] },
        { "comments that keep the connection", [": OPENROUTER PROCESSING", Text(Answer), ": ping", End("stop"), "data: [DONE]"] },
        { "empty deltas before and between", [Chunk("""{"role":"assistant","content":""}"""), Chunk("{}"), Text("The Scream was painted "), Text(""), Chunk("""{"content":null}"""), Text("by Edvard Munch."), End("stop")] },
        { "the end with the last words", ["data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + Answer + "\"},\"finish_reason\":\"stop\"}]}"] },
        { "thoughts among the words", [Text("<thi"), Text("nk>Munch, surely. Say 1912?</th"), Text("ink>\\n\\n" + Answer), End("stop")] },
        { "thoughts beside the words", [Chunk("""{"content":null,"reasoning_content":"Munch, surely."}"""), Text(Answer), End("stop")] },
        { "emphasis and links", [Text("The **Scream** was painted by [Edvard Munch](https://example.org)."), End("stop")] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task An_answer_is_whole_however_it_is_streamed(string way, string[] stream)
    {
        await using var model = await ScriptedModel.StartAsync(reply => reply.RawAsync(stream));
        await using var service = await StartAsync(model);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), Start(Question));
        Assert.True(parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Text).SequenceEqual([Answer]), way);
        Assert.Equal("scripted", parts[^1].Done.Composer);
    }

    public static TheoryData<string, string[]> Calls => new()
    {
        { "in fragments", [Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":""}}"""), Call("""{"index":0,"function":{"arguments":"{\"area\":"}}"""), Call("""{"index":0,"function":{"arguments":"\"sky\"}"}}"""), End("tool_calls")] },
        { "whole, and its end called stop", [Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":"{\"area\":\"sky\"}"}}"""), End("stop")] },
        { "id and name in every fragment", [Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":"{\"area\":"}}"""), Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":"\"sky\"}"}}"""), End("tool_calls")] },
        { "empty ids after the first", [Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":"{\"area\":"}}"""), Call("""{"index":0,"id":"","type":"function","function":{"name":"","arguments":"\"sky\"}"}}"""), End("tool_calls")] },
        { "two calls under one index", [Call("""{"index":0,"id":"call_1","type":"function","function":{"name":"zoom","arguments":"{\"area\":\"sky\"}"}}"""), Call("""{"index":0,"id":"call_2","type":"function","function":{"name":"zoom","arguments":"{\"area\":\"sky\"}"}}"""), End("tool_calls")] },
        { "no id at all", [Call("""{"index":0,"type":"function","function":{"name":"zoom","arguments":"{\"area\":\"sky\"}"}}"""), End("tool_calls")] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_is_understood_however_it_is_cut_up(string way, string[] stream)
    {
        await using var model = await ScriptedModel.StartAsync(reply => reply.RawAsync(stream), ScriptedModel.Says(Answer));
        await using var service = await StartAsync(model);
        var start = Start(Question);
        start.FunctionsJson.Add("""{"name":"zoom","parameters":{"type":"object","properties":{"area":{"type":"string"}}}}""");
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), start);
        var calls = parts.Where(p => p.KindCase == Kind.FunctionCall).Select(p => p.FunctionCall).ToList();
        Assert.True(calls.Count == (way.StartsWith("two", StringComparison.Ordinal) ? 2 : 1), way);
        Assert.All(calls, c => Assert.Equal(("zoom", """{"area":"sky"}"""), (c.Name, c.ArgumentsJson)));
        Assert.Equal(calls.Count, calls.Select(c => c.CallId).Distinct().Count());
        Assert.Equal(calls.Select(c => c.CallId), model.Requests.Last()["messages"]!.AsArray().Where(m => (string?)m!["role"] == "tool").Select(m => (string?)m!["tool_call_id"]));
        Assert.Contains(parts, p => p.KindCase == Kind.Sentence && p.Sentence.Text == Answer);
    }

    private static string Text(string text) => Chunk($$"""{"content":"{{text}}"}""");

    private static string Call(string call) => Chunk($$"""{"tool_calls":[{{call}}]}""");

    private static string Chunk(string delta) => $$"""data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""";

    private static string End(string reason) => $$$"""data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""";
}
