using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.Benchmarks.Soak;

/// <summary>Somebody who asks one question after another, listens to some answers to the end and interrupts others.</summary>
internal sealed class Visitor
{
    private static readonly string[] Needed = ["events", "voice", "face"];

    public List<double> FirstTextMs { get; } = [];

    public List<double> FirstAudioMs { get; } = [];

    public int Failures { get; private set; }

    public int Interruptions { get; private set; }

    /// <summary>The suite is ready before its broker is: what is answered until then is answered in writing, and is no failure.</summary>
    public static async Task WaitForVoiceAsync(Uri suite)
    {
        using var http = new HttpClient { BaseAddress = suite };
        await Eventually.TrueAsync(async () =>
        {
            var capabilities = (await http.GetFromJsonAsync<JsonObject>("/api/status"))!["capabilities"]!;
            return Needed.All(c => (string?)capabilities[c]?["state"] == "ok");
        });
    }

    public static async Task<Visitor> RunAsync(Uri suite, string language, Dictionary<string, IReadOnlyList<string>> questions, int seed, long until)
    {
        var visitor = new Visitor();
        var random = new Random(seed);
        using var http = new HttpClient { BaseAddress = suite };
        using var response = await http.PostAsJsonAsync("/api/auth/visitor", new { language });
        response.EnsureSuccessStatusCode();
        var token = (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
        await using var client = await ProtocolClient.RegisterAsync(new Uri($"ws://{suite.Authority}/ws/text/stream"), token, language);
        while (Stopwatch.GetTimestamp() < until)
        {
            var set = questions[language];
            await visitor.AskAsync(client, set[random.Next(set.Count)], listens: random.Next(4) == 0);
        }

        return visitor;
    }

    private async Task AskAsync(ProtocolClient client, string question, bool listens)
    {
        var id = await client.AskAsync(question);
        var asked = Stopwatch.GetTimestamp();
        double? text = null, audio = null;
        while (await client.ReceiveAsync() is { } frame && frame.Type != "TURN_METRICS")
        {
            var now = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            if (frame.Type == "ERROR")
            {
                Failures++;
            }
            else if (frame.Type == "RESPONSE" && frame.Payload["content"]!["text"] is not null)
            {
                text ??= now;
            }
            else if (frame.Type == "AUDIO_META" && audio is null)
            {
                audio = now;
                if (!listens)
                {
                    Interruptions++;
                    await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
                }
            }
        }

        FirstTextMs.Add(text ?? double.NaN);
        if (audio is { } sound)
        {
            FirstAudioMs.Add(sound);
        }
    }
}
