using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;
using Museum.TestKit;

namespace Museum.Benchmarks.Drill;

/// <summary>Somebody whose session was ended before the drill began, and who tries twice a second to get in all the same.</summary>
internal sealed class RevokedVisitor : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.5);

    private readonly HttpClient http;
    private readonly CancellationTokenSource stop = new();
    private Task trying = Task.CompletedTask;

    private RevokedVisitor(HttpClient http) => this.http = http;

    /// <summary>How often it was answered, which must never be.</summary>
    public int LetIn { get; private set; }

    public int Refused { get; private set; }

    public static async Task<RevokedVisitor> StartAsync(RunningSuite suite)
    {
        var visitor = new RevokedVisitor(new HttpClient { BaseAddress = suite.Address, Timeout = TimeSpan.FromSeconds(5) });
        var pass = await VisitorPass.TakeAsync(visitor.http, "en", CancellationToken.None);
        visitor.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        using var ended = await visitor.http.DeleteAsync(new Uri($"/api/session/{pass.Session}", UriKind.Relative));
        ended.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => await visitor.AskAsync() == HttpStatusCode.Unauthorized);
        visitor.trying = visitor.TryAsync();
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await trying;
        http.Dispose();
        stop.Dispose();
    }

    private async Task TryAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var status = await AskAsync();
            LetIn += status == HttpStatusCode.OK ? 1 : 0;
            Refused += status == HttpStatusCode.Unauthorized ? 1 : 0;
            await Task.Delay(Every, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Null: nobody answered, which lets nobody in.</returns>
    private async Task<HttpStatusCode?> AskAsync()
    {
        try
        {
            using var response = await http.PostAsJsonAsync("/api/text/process", new { text = "Hello" }, stop.Token);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
