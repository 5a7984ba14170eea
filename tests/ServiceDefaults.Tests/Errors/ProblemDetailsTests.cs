using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Errors;

public sealed class ProblemDetailsTests : IAsyncLifetime
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DefaultsHost host = null!;

    public async Task InitializeAsync() => host = await DefaultsHost.StartAsync(map: app =>
    {
        var open = app.MapGroup("").AllowAnonymous();
        open.MapPost("/questions", (Question question) => question);
        open.MapGet("/busy", string () => throw new ResourceException("slow_down", "Too many.") { RetryAfter = TimeSpan.FromMilliseconds(1200) });
        open.MapGet("/bug", string () => throw new InvalidOperationException("the secret of the house"));
        open.MapGet("/away", string () => throw new DependencyException("redis_unavailable", "The session store is away."));
        open.MapGet("/slow", (HttpContext context) => WaitAsync(context));
        open.MapGet("/slow-call", async (HttpContext context) =>
        {
            await WaitAsync(context).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new RpcException(new Status(StatusCode.Cancelled, ""));
        });
    });

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("{\"visitor_question\": ", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("{\"visitor_question\": 7}", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("who?", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    public async Task A_body_that_cannot_be_read_is_the_callers_mistake(string body, string type, HttpStatusCode status, string code)
    {
        var (answered, problem) = await host.ProblemAsync(new(HttpMethod.Post, "/questions") { Content = new StringContent(body, Encoding.UTF8, type) });
        Assert.Equal((status, "client", code, false), (answered, (string?)problem["category"], (string?)problem["code"], (bool)problem["retryable"]!));
    }

    [Fact]
    public async Task Bodies_are_snake_case_both_ways()
    {
        using var response = await host.Client.PostAsync("/questions", new StringContent("{\"visitor_question\": \"谁?\"}", Encoding.UTF8, "application/json"));
        Assert.Equal("{\"visitor_question\":\"谁?\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_413()
    {
        var content = new StringContent("{\"visitor_question\": \"" + new string('a', 31_000_000) + "\"}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/questions") { Content = content };
        // Wait for the word before the body, or the refusal meets a half-sent request.
        request.Headers.ExpectContinue = true;
        var (status, problem) = await host.ProblemAsync(request);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload_too_large"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task An_unknown_path_asks_for_a_token_first_and_is_not_found_with_one()
    {
        var issuer = new TokenIssuer();
        await issuer.InitializeAsync();
        await using var guarded = await DefaultsHost.StartAsync(issuer);
        Assert.Equal("unauthenticated", (string?)(await guarded.ProblemAsync(new(HttpMethod.Get, "/nowhere"))).Problem["code"]);
        var (status, problem) = await guarded.ProblemAsync(new(HttpMethod.Get, "/nowhere"), issuer.Token());
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (status, (string?)problem["code"]));
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_method_is_told_what_is_allowed_without_a_token()
    {
        using var response = await host.Client.DeleteAsync("/questions");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (response.StatusCode, response.Content.Headers.Allow.Single()));
        Assert.Equal("method_not_allowed", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task An_expected_failure_tells_its_code_and_when_to_come_back()
    {
        using var response = await host.Client.GetAsync("/busy");
        Assert.Equal((HttpStatusCode.TooManyRequests, "2"), (response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(("resource", "slow_down", "Too many.", true, 429), ((string?)problem!["category"], (string?)problem["code"], (string?)problem["detail"], (bool)problem["retryable"]!, (int)problem["status"]!));
    }

    [Fact]
    public async Task A_defect_of_ours_is_logged_and_keeps_its_words_to_itself()
    {
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, "/bug"));
        Assert.Equal((HttpStatusCode.InternalServerError, "internal_error"), (status, (string?)problem["code"]));
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("the secret of the house", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/away", HttpStatusCode.ServiceUnavailable, "redis_unavailable")]
    [InlineData("/bug", HttpStatusCode.InternalServerError, "internal_error")]
    public async Task Who_accepts_no_json_is_told_all_the_same(string path, HttpStatusCode expected, string code)
    {
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, path) { Headers = { { "Accept", "audio/wav" } } });
        Assert.Equal((expected, code), (status, (string?)problem["code"]));
        Assert.NotNull(problem["trace_id"]);
    }

    [Theory]
    [InlineData("/busy")]
    [InlineData("/nowhere")]
    public async Task The_trace_id_is_the_callers_trace(string path)
    {
        var trace = ActivityTraceId.CreateRandom().ToString();
        var (_, problem) = await host.ProblemAsync(new(HttpMethod.Get, path) { Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } } });
        Assert.Equal(trace, (string?)problem["trace_id"]);
        Assert.False(problem.ContainsKey("traceId"));
    }

    [Theory]
    [InlineData("/slow")]
    [InlineData("/slow-call")]
    public async Task A_request_that_its_caller_gave_up_is_no_failure(string path)
    {
        using var gone = new CancellationTokenSource();
        var call = host.Client.GetAsync(path, gone.Token);
        await waiting.Task.SoonAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(499, await ended.Task.SoonAsync());
        Assert.DoesNotContain(host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    private async Task WaitAsync(HttpContext context)
    {
        context.Response.OnCompleted(() =>
        {
            ended.TrySetResult(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        waiting.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private sealed record Question
    {
        public required string VisitorQuestion { get; init; }
    }
}
