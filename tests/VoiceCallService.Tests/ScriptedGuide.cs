using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Museum.Text.V1;

namespace Museum.VoiceCallService.Tests;

/// <summary>
/// A guide that answers as the test scripts it, over real gRPC. Scripted: it knows nothing. Each sentence is written as two deltas; a
/// sentence <c>…wait…</c> waits until <see cref="Continue"/> is called or the call is cancelled.
/// </summary>
[Authorize]
internal sealed class ScriptedGuide(GuideScript script) : Guide.GuideBase
{
    public override async Task Converse(IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseResponse> responseStream, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync([]);
        Assert.True(await requestStream.MoveNext(context.CancellationToken));
        var start = requestStream.Current.Start;
        script.Asked.Enqueue(start);
        var sentences = script.AnswerOf?.Invoke(start) ?? script.AnswerTo(start.Text);
        var sequence = 0;
        try
        {
            foreach (var sentence in sentences)
            {
                if (sentence == GuideScript.Wait)
                {
                    await script.Gate.WaitAsync(context.CancellationToken);
                    continue;
                }

                var spoken = sentence;
                if (sentence == GuideScript.CallFunction)
                {
                    await responseStream.WriteAsync(new ConverseResponse { FunctionCall = new FunctionCall { CallId = "c1", Name = "zoom", ArgumentsJson = """{"level":2}""" } });
                    Assert.True(await requestStream.MoveNext(context.CancellationToken));
                    spoken = "It returned " + requestStream.Current.FunctionResult.ResultJson + ".";
                }

                var half = spoken.Length / 2;
                await responseStream.WriteAsync(new ConverseResponse { Delta = new TextDelta { Text = spoken[..half], Sequence = sequence } });
                await responseStream.WriteAsync(new ConverseResponse { Delta = new TextDelta { Text = spoken[half..] + " ", Sequence = sequence } });
                await responseStream.WriteAsync(new ConverseResponse { Sentence = new Sentence { Sequence = sequence++, Text = spoken, Language = "en", Unsupported = spoken.StartsWith("Perhaps", StringComparison.Ordinal) } });
            }

            await responseStream.WriteAsync(new ConverseResponse { Sources = new Sources { Exhibits = { new Source { Id = "starry-night", Title = "The Starry Night", Quote = "…", Score = 1, Hall = 2, Passages = { "One.", "…" } } } } });
            await responseStream.WriteAsync(new ConverseResponse { Tour = new Tour { Hall = 2, Propose = true, Next = { new Stop { ExhibitId = "scream", Title = "The Scream", Hall = 2, HallName = "Painting after 1800", Invitation = "If you like, come on." } } } });
            await responseStream.WriteAsync(new ConverseResponse { Suggestions = new Suggestions { Questions = { "What next?" } } });
            await responseStream.WriteAsync(new ConverseResponse { Done = new Done { SentenceCount = sequence, Grounded = true, Language = "en" } });
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            script.Cancelled.Enqueue((start.SessionId, start.TurnId));
            throw;
        }
    }
}

/// <summary>What the scripted guide says, and what it was asked.</summary>
internal sealed class GuideScript
{
    public const string Wait = "…wait…";
    public const string CallFunction = "…function…";

    public ConcurrentQueue<ConverseStart> Asked { get; } = new();

    public ConcurrentQueue<(string Session, long Turn)> Cancelled { get; } = new();

    public Func<string, string[]> AnswerTo { get; set; } = _ => ["Vincent van Gogh painted it.", "It hangs in New York."];

    /// <summary>Where the answer depends on who asks; null: on nothing but the question.</summary>
    public Func<ConverseStart, string[]>? AnswerOf { get; set; }

    public SemaphoreSlim Gate { get; } = new(0);
}
