using System.Diagnostics;
using Museum.Benchmarks.Visitors.Visits;
using Museum.TestKit;

namespace Museum.Benchmarks.Line;

/// <summary>The times of each stage over all questions, and how many answers had no voice.</summary>
internal sealed record LineRun(IReadOnlyList<(string Stage, IReadOnlyList<double> Values)> Stages, int Silent)
{
    /// <summary>Asked before anything counts, so that code is compiled and voices are loaded.</summary>
    private const int WarmUp = 5;

    public static async Task<LineRun> MeasureAsync(Uri suite, string language, IReadOnlyList<string> questions)
    {
        using var http = new HttpClient { BaseAddress = suite };
        var pass = await VisitorPass.TakeAsync(http, language, CancellationToken.None);
        var socket = new Uri($"{(suite.Scheme == "https" ? "wss" : "ws")}://{suite.Authority}/ws/text/stream");
        await using var client = await ProtocolClient.RegisterAsync(socket, pass.Token, language);

        List<double> text = [], sentence = [], audio = [], hop = [];
        var silent = 0;
        foreach (var (question, index) in questions.Take(WarmUp).Concat(questions).Select((q, i) => (q, i)))
        {
            var times = await AskAsync(client, question);
            if (index < WarmUp)
            {
                continue;
            }

            text.Add(times.Text);
            sentence.Add(times.Sentence);
            hop.AddRange(times.Hop is { } h ? [h] : []);
            if (times.Audio is { } a)
            {
                audio.Add(a);
            }
            else
            {
                silent++;
            }
        }

        (string, IReadOnlyList<double>)[] stages = [("first text", text), ("first sentence", sentence), ("first audio", audio), ("broker hop", hop)];
        return new LineRun([.. stages.Where(s => s.Item2.Count > 0)], silent);
    }

    /// <summary>One question; interrupted at its first sound, since the rest of the voice takes as long as it is.</summary>
    private static async Task<(double Text, double Sentence, double? Audio, double? Hop)> AskAsync(ProtocolClient client, string question)
    {
        double? text = null, audio = null;
        var id = await client.AskAsync(question);
        var asked = Stopwatch.GetTimestamp();
        double Elapsed() => Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        while (await client.ReceiveAsync() is { } frame)
        {
            if (frame.Type == "RESPONSE" && (string?)frame.Payload["request_id"] == id && frame.Payload["content"]!["text"] is not null)
            {
                text ??= Elapsed();
            }
            else if (frame.Type == "AUDIO_META" && audio is null)
            {
                audio = Elapsed();
                await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
            }
            else if (frame.Type == "TURN_METRICS")
            {
                return (text!.Value, (double)frame.Payload["first_sentence_ms"]!, audio, (double?)frame.Payload["broker_hop_ms"]);
            }
        }

        throw new InvalidOperationException("The suite closed the connection.");
    }
}
