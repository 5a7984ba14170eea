using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Load;

/// <summary>
/// One visitor more, who asks aloud (<c>POST /api/audio/stt</c>) while the others write: audio_to_text, in milliseconds from a recorded
/// question of some three seconds to its transcript. The recordings are made before the run by the suite's own English voice.
/// </summary>
internal sealed class SpokenQuestions(HttpClient http, IReadOnlyList<byte[]> recordings) : IDisposable
{
    // Five minutes of them: a recording that was heard before is not heard again. And within what the gateway lets one visitor ask in a minute.
    private const int Recordings = 60;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly List<double> times = [];
    private readonly Dictionary<string, int> failures = [];

    /// <summary>Requests that were not answered with a transcript, by the problem's code.</summary>
    public IReadOnlyDictionary<string, int> Failures => failures;

    public Spread? Times => Spread.Of(times);

    public static async Task<SpokenQuestions> PrepareAsync(RunningSuite suite, string content, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = suite.Address };
        var pass = await VisitorPass.TakeAsync(http, "en", cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        var recordings = new List<byte[]>();
        foreach (var question in QuestionSet.All(content, "en").TakeLast(Recordings))
        {
            using var spoken = await http.PostAsJsonAsync("/api/audio/tts?format=wav", new { text = question, language = "en" }, cancellationToken);
            spoken.EnsureSuccessStatusCode();
            recordings.Add(await spoken.Content.ReadAsByteArrayAsync(cancellationToken));
        }

        return new SpokenQuestions(http, recordings);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(cancellationToken); i++)
            {
                await AskAsync(recordings[i % recordings.Count], cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => http.Dispose();

    private async Task AskAsync(byte[] recording, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(recording);
        var asked = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.PostAsync("/api/audio/stt?language=en", body, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var problem = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
                Count(problem is null ? response.StatusCode.ToString() : $"{problem["code"]} {problem["detail"]}");
                return;
            }

            await response.Content.ReadAsByteArrayAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
        catch (HttpRequestException failure)
        {
            Count(failure.HttpRequestError.ToString());
        }

        void Count(string code) => failures[code] = failures.GetValueOrDefault(code) + 1;
    }
}
