using System.Diagnostics;
using Museum.TestKit;
using Museum.Text.V1;
using Xunit.Abstractions;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>An interrupt reaches the model's server in whatever state its request is. How soon is told in the output; the goal is 100 ms.</summary>
public sealed class ModelCancellationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("before its first words", "")]
    [InlineData("in the middle of a sentence", "The Scream was painted by")]
    [InlineData("between two sentences", "The Scream was painted by Edvard Munch. H")]
    public async Task Whoever_is_interrupted_closes_the_models_request(string state, string said)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            if (said.Length > 0)
            {
                await reply.TextAsync(said);
            }

            asked.SetResult();
            await reply.HangAsync();
        });
        await using var service = await StartAsync(model, ("Llm:FirstTextSeconds", "60"), ("Llm:StallSeconds", "60"));
        using var call = await OpenAsync(service, "Who painted The Scream?");
        await asked.Task.SoonAsync();
        var started = Stopwatch.GetTimestamp();
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt { ThroughTurn = 1 } });
        await model.Closed.Task.SoonAsync();
        output.WriteLine($"{state}: closed {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms after the interrupt was sent");
        Assert.Equal(FinishReason.Interrupted, (await call.RestAsync())[^1].Done.Reason);
        Assert.Single(model.Requests);
    }
}
