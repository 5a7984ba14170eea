using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Drill;

/// <summary>Asks <c>POST /api/text/process</c> four times a second, whether the answer before has come or not.</summary>
internal sealed class HttpVisitor(RunningSuite suite, Flow flow, IReadOnlyList<string> questions)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = suite.Address, Timeout = Patience };
        var pass = await VisitorPass.TakeAsync(http, "en", cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        var underWay = new ConcurrentDictionary<int, Task>();
        using var timer = new PeriodicTimer(Every);
        for (var i = 0; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false); i++)
        {
            // Bounded by Patience: at most sixty.
            underWay[i] = AskAsync(http, i, cancellationToken).ContinueWith((_, key) => underWay.TryRemove((int)key!, out var _), i, TaskScheduler.Default);
        }
    }

    private async Task AskAsync(HttpClient http, int number, CancellationToken cancellationToken)
    {
        var at = flow.Now;
        try
        {
            using var response = await http.PostAsJsonAsync("/api/text/process", new { text = questions[number % questions.Count] }, cancellationToken);
            flow.Add(response.IsSuccessStatusCode
                ? new Asked("http", at, flow.Now - at, Outcome.Whole)
                : await RefusedAsync(response, at, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                flow.Add(new Asked("http", at, flow.Now - at, Outcome.Failed, e is HttpRequestException ? "no connection" : "no answer"));
            }
        }
    }

    private async Task<Asked> RefusedAsync(HttpResponseMessage response, TimeSpan at, CancellationToken cancellationToken)
    {
        JsonNode? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        }
        catch (JsonException)
        {
            // Not even a problem document: the status stands alone.
        }

        var retryAfter = response.Headers.RetryAfter is not null;
        return new Asked("http", at, flow.Now - at, Outcome.Failed, $"{(int)response.StatusCode} {problem?["code"]}{(retryAfter ? "" : " without Retry-After")}")
        {
            IsProperRefusal = response.StatusCode == HttpStatusCode.ServiceUnavailable && retryAfter && (bool?)problem?["retryable"] is true,
        };
    }
}
