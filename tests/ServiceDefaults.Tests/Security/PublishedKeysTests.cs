using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Security;

public sealed class PublishedKeysTests : IAsyncLifetime
{
    private const int Crowd = 50;

    private readonly ManualTime time = new(realTimers: true);
    private readonly TokenIssuer issuer = new();
    private KeyServer server = null!;
    private DefaultsHost host = null!;

    public async Task InitializeAsync()
    {
        server = await KeyServer.StartAsync();
        host = await DefaultsHost.StartAsync(
            configure: b => b.Services.AddSingleton<TimeProvider>(time),
            map: app => app.MapGet("/me", () => ""),
            // A question hangs for as long as a test wants it to.
            settings: [("Services:sessionservice:http:0", server.Address), ("Resilience:sessionservice:Timeout", "00:01:00"), ("Resilience:sessionservice:TotalTimeout", "00:01:00")]);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Without_any_keys_nobody_is_refused_but_asked_to_come_again()
    {
        await server.DisposeAsync();
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, "/me"), Token(server.Keys[0]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "signing_keys_unavailable", true), (status, (string?)problem["code"], (bool)problem["retryable"]!));
    }

    [Fact]
    public async Task Many_who_come_while_the_first_question_hangs_wait_for_that_one_alone()
    {
        Assert.All(await CrowdAsync(), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task When_it_fails_it_has_failed_for_all_of_them_and_they_do_not_ask_one_after_the_other()
    {
        Assert.All(await CrowdAsync(() => server.Keys = []), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        // Who was let in, but had not come to the question yet, asks his own.
        Assert.InRange(server.Asked, 1, Crowd / 5);
    }

    [Fact]
    public async Task Keys_are_read_once_for_many_tokens()
    {
        for (var i = 0; i < 3; i++)
        {
            await AcceptedAsync(server.Keys[0]);
        }

        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task Keys_once_read_are_kept_when_the_service_that_signs_goes_away()
    {
        await AcceptedAsync(server.Keys[0]);
        await server.DisposeAsync();
        time.Advance(TimeSpan.FromHours(1));
        await AcceptedAsync(server.Keys[0]);
    }

    [Fact]
    public async Task A_new_key_is_accepted_once_it_is_published_and_an_old_one_no_longer_when_it_is_gone()
    {
        await AcceptedAsync(server.Keys[0]);
        var (old, fresh) = (server.Keys[0], KeyServer.NewKey());
        server.Keys = [old, fresh];
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("/me", Token(fresh)));
        await AcceptedAsync(fresh);
        await AcceptedAsync(old);

        server.Keys = [fresh];
        time.Advance(TimeSpan.FromMinutes(6));
        await AcceptedAsync(fresh);
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("/me", Token(old)));
    }

    [Fact]
    public async Task Unknown_keys_in_tokens_do_not_make_us_ask_again_and_again()
    {
        await AcceptedAsync(server.Keys[0]);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("/me", Token(KeyServer.NewKey())));
        }

        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task An_empty_key_set_takes_no_key_away()
    {
        var key = server.Keys[0];
        await AcceptedAsync(key);
        server.Keys = [];
        time.Advance(TimeSpan.FromMinutes(6));
        await AcceptedAsync(key);
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task A_service_that_hangs_holds_up_nobody_whose_key_is_known()
    {
        await AcceptedAsync(server.Keys[0]);
        server.Hang();
        time.Advance(TimeSpan.FromMinutes(6));
        var asking = host.StatusAsync("/me", Token(server.Keys[0]));
        await Eventually.TrueAsync(() => server.Asked == 2);
        await AcceptedAsync(server.Keys[0]);
        Assert.False(asking.IsCompleted);
        await server.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, await asking);
    }

    [Fact]
    public async Task Keys_are_asked_for_at_the_start_and_again_until_they_are_there_so_that_no_visitor_waits_for_them()
    {
        var key = server.Keys[0];
        server.Keys = [];
        await using var early = await DefaultsHost.StartAsync(
            configure: b => b.Services.AddEarlyKeys(), map: app => app.MapGet("/me", () => ""), settings: ("Services:sessionservice:http:0", server.Address));
        await Eventually.TrueAsync(() => server.Asked > 0);
        server.Keys = [key];
        await early.App.Services.GetServices<IHostedService>().OfType<EarlyKeys>().Single().ExecuteTask!.SoonAsync();
        await server.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, await early.StatusAsync("/me", Token(key)));
    }

    [Fact]
    public async Task What_was_asked_for_early_and_in_vain_shuts_nobody_out()
    {
        server.Refuses = true;
        await using var early = await DefaultsHost.StartAsync(
            configure: b => b.Services.AddEarlyKeys(),
            map: app => app.MapGet("/me", () => ""),
            settings: [("Services:sessionservice:http:0", server.Address), ("Resilience:sessionservice:BreakerThroughput", "2"), ("Resilience:sessionservice:BreakFor", "00:10:00")]);
        await Eventually.TrueAsync(() => server.Asked >= 4);
        server.Refuses = false;
        await Eventually.TrueAsync(async () => await early.StatusAsync("/me", Token(server.Keys[0])) == HttpStatusCode.OK);
    }

    /// <summary>All have come before the question is answered.</summary>
    private async Task<HttpStatusCode[]> CrowdAsync(Action? meanwhile = null)
    {
        using var requests = new MeterReadings(host.Get<IMeterFactory>(), "Microsoft.AspNetCore.Hosting");
        server.Hang();
        var token = Token(server.Keys[0]);
        var answers = Enumerable.Range(0, Crowd).Select(_ => host.StatusAsync("/me", token)).ToArray();
        await Eventually.TrueAsync(() => requests.Sum("http.server.active_requests") == Crowd);
        meanwhile?.Invoke();
        server.GoOn();
        return await Task.WhenAll(answers).SoonAsync();
    }

    private async Task AcceptedAsync(ECDsaSecurityKey key) => Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/me", Token(key)));

    private string Token(ECDsaSecurityKey key) =>
        issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
}
