using System.Net;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.Session.V1;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Grpc;

/// <summary>A service that calls another one for its caller.</summary>
public sealed class CallerTests : IAsyncLifetime
{
    private readonly TokenIssuer issuer = new();
    private readonly CallScript script = new();
    private DefaultsHost peer = null!;
    private DefaultsHost caller = null!;

    public async Task InitializeAsync()
    {
        await issuer.InitializeAsync();
        peer = await DefaultsHost.StartAsync(issuer, b => b.Services.AddSingleton(script), app =>
        {
            app.MapGrpcService<ScriptedSessions>();
            app.MapGrpcService<ScriptedSpeech>();
        });
        caller = await DefaultsHost.StartAsync(
            issuer,
            b =>
            {
                b.Services.AddMuseumGrpcClient<Sessions.SessionsClient>("peer", TimeSpan.FromSeconds(20));
                b.Services.AddMuseumGrpcClient<Speech.SpeechClient>("peer", TimeSpan.FromSeconds(20));
            },
            app =>
            {
                app.MapGet("/call", async (Sessions.SessionsClient client) => (await client.RenewAsync(new RenewRequest())).SessionId);
                app.MapGet("/call-as/{token}", async (string token, Sessions.SessionsClient client) =>
                    (await client.RenewAsync(new RenewRequest(), GrpcClients.Bearer(token))).SessionId);
            },
            settings: ("Services:peer:grpc:0", $"http://{peer.Grpc.Authority}"));
    }

    public async Task DisposeAsync()
    {
        await caller.DisposeAsync();
        await peer.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_callers_token_goes_along()
    {
        var token = issuer.Token();
        Assert.Equal(HttpStatusCode.OK, await caller.StatusAsync("/call", token));
        Assert.Equal("Bearer " + token, script.Authorization);
    }

    [Fact]
    public async Task A_token_that_the_call_brings_itself_wins()
    {
        var own = issuer.Token();
        Assert.Equal(HttpStatusCode.OK, await caller.StatusAsync("/call-as/" + own, issuer.Token()));
        Assert.Equal("Bearer " + own, script.Authorization);
    }

    [Fact]
    public async Task A_unary_call_without_a_deadline_gets_one_and_its_own_is_kept()
    {
        var client = caller.Get<Sessions.SessionsClient>();
        await client.RenewAsync(new RenewRequest(), GrpcClients.Bearer(issuer.Token()));
        Assert.InRange(script.Deadline, DateTime.UtcNow, DateTime.UtcNow.AddSeconds(20));
        var own = DateTime.UtcNow.AddHours(1);
        await client.RenewAsync(new RenewRequest(), GrpcClients.Bearer(issuer.Token()), own);
        Assert.InRange(script.Deadline, own.AddMinutes(-1), own.AddMinutes(1));
    }

    [Fact]
    public async Task A_call_without_a_token_is_refused_where_it_arrives()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => caller.Get<Sessions.SessionsClient>().RenewAsync(new RenewRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Null(script.Authorization);
    }

    [Fact]
    public async Task What_the_called_service_throws_arrives_with_category_and_code()
    {
        script.OnCall = _ => throw new DependencyException("broker_unavailable", "The message broker is away.");
        var failed = await Assert.ThrowsAsync<RpcException>(() => RenewAsync());
        Assert.Equal((StatusCode.Unavailable, "The message broker is away."), (failed.StatusCode, failed.Status.Detail));
        Assert.Equal(("broker_unavailable", "dependency"), (failed.Trailers.GetValue(ErrorTrailers.Code), failed.Trailers.GetValue(ErrorTrailers.Category)));
    }

    [Fact]
    public async Task And_goes_on_to_the_browser_as_the_same_code()
    {
        script.OnCall = _ => throw new ClientException("no_exhibit", "There is no such exhibit.", 404);
        var (status, problem) = await caller.ProblemAsync(new(HttpMethod.Get, "/call"), issuer.Token());
        Assert.Equal((HttpStatusCode.NotFound, "no_exhibit", "There is no such exhibit."), (status, (string?)problem["code"], (string?)problem["detail"]));
    }

    [Fact]
    public async Task A_defect_of_the_called_service_keeps_its_words_to_itself()
    {
        script.OnCall = _ => throw new InvalidOperationException("the secret of the house");
        var failed = await Assert.ThrowsAsync<RpcException>(() => RenewAsync());
        Assert.Equal((StatusCode.Internal, "internal_error"), (failed.StatusCode, failed.Trailers.GetValue(ErrorTrailers.Code)));
        Assert.DoesNotContain("secret", failed.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(peer.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("the secret of the house", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_says_why()
    {
        script.OnCall = _ => throw new ResourceException("pool_full", "All voices are busy.");
        using var call = caller.Get<Speech.SpeechClient>().Listen(new ListenRequest(), GrpcClients.Bearer(issuer.Token()));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).SoonAsync());
        var failed = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).SoonAsync());
        Assert.Equal((StatusCode.ResourceExhausted, "pool_full"), (failed.StatusCode, failed.Trailers.GetValue(ErrorTrailers.Code)));
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_dependency_that_is_away()
    {
        await peer.App.StopAsync();
        var (status, problem) = await caller.ProblemAsync(new(HttpMethod.Get, "/call"), issuer.Token());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "dependency", "unavailable", true), (status, (string?)problem["category"], (string?)problem["code"], (bool)problem["retryable"]!));
    }

    [Fact]
    public async Task Ready_handles_carry_the_address_of_the_replica_that_can_serve_them()
    {
        var ports = FreePorts.Take(2);
        await using var host = await DefaultsHost.StartAsync(settings: [
            ("Kestrel:Endpoints:http:Url", $"http://127.0.0.1:{ports[0]}"), ("Kestrel:Endpoints:grpc:Url", $"http://127.0.0.1:{ports[1]}")]);
        Assert.Equal($"http://127.0.0.1:{ports[1]}", host.Get<GrpcAddress>().Value);
    }

    private Task<TokenResponse> RenewAsync() => caller.Get<Sessions.SessionsClient>().RenewAsync(new RenewRequest(), GrpcClients.Bearer(issuer.Token())).ResponseAsync;
}
