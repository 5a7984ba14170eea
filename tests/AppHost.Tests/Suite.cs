using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>The real suite as the AppHost describes it: real Redis, real RabbitMQ, six services, started once for all tests.</summary>
public sealed class Suite : IAsyncLifetime
{
    private readonly PostgresServer? records;

    public Suite()
        : this(new PostgresServer())
    {
    }

    /// <param name="records">Where the records are kept; null: in files.</param>
    internal Suite(PostgresServer? records) => this.records = records;

    /// <summary>Spoken in 4 s, since an answer comes as slowly as it is heard: for who waits for the end of one, whatever it says.</summary>
    internal const string Short = "Hello!";

    /// <summary>For what takes several answers, one after the other, on a machine that is busy with other tests.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    // Of these a service must not think that they are away because the machine is busy.
    private static readonly string[] Pipelines = ["redis", "events", "textservice", "audioservice", "hearing", "sessionservice"];


    private static readonly string[] Services = ["sessionservice", "textservice", "audioservice", "avatarservice", "voicecallservice", "gateway"];

    private DistributedApplication? app;

    internal OtlpReceiver Telemetry { get; private set; } = null!;

    internal DistributedApplication App => app!;

    internal Uri Address => app!.GetEndpoint("gateway", "http");

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        Telemetry = await OtlpReceiver.StartAsync();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                .. await RecordsAsync(),
                "--Museum:Set:OTEL_EXPORTER_OTLP_ENDPOINT=" + Telemetry.Address,
                "--Museum:Set:OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
                "--Museum:Set:OTEL_BSP_SCHEDULE_DELAY=200",
                // A replica that has just started, on a machine that is busy with the tests, may take its time to its first sound.
                "--Museum:Set:Pacing:VoicePatience=00:00:12",
                // An answer comes as slowly as it is heard, and nobody listens here.
                "--Museum:Set:Retrieval:FewestSentences=1",
                .. Pipelines.Select(name => $"--Museum:Set:Resilience:{name}:Timeout=00:00:05"),
                // What is tested here is not the limiter.
                "--Museum:Set:RateLimit:PermitLimit=100000",
                "--Museum:Set:RateLimit:AnonymousPermitLimit=100000",
            ],
            limit.Token);
        app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await Task.WhenAll(Services.Select(s => app.ResourceNotifications.WaitForResourceHealthyAsync(s, limit.Token)));
        await CapabilityAsync("voice", "ok", StartLimit);
        await WarmUpAsync();
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        await Telemetry.DisposeAsync();
        await (records?.DisposeAsync() ?? Task.CompletedTask);
    }

    private async Task<string[]> RecordsAsync()
    {
        if (records is null)
        {
            return [];
        }

        await records.InitializeAsync();
        return ["--Parameters:postgres=" + await records.CreateDatabaseAsync()];
    }

    /// <summary>The first answer after a start finds cold code on a busy machine: it may come without a voice, and is nobody's test.</summary>
    private async Task WarmUpAsync()
    {
        await using var client = await TalkAsync();
        await Eventually.TrueAsync(async () => (await client.ReceiveAnswerAsync(await client.AskAsync(Short))).Faces.Count > 0, within: StartLimit);
    }

    /// <summary>Waits until the suite says of a capability that it is there, or away.</summary>
    internal async Task CapabilityAsync(string capability, string state, TimeSpan? within = null)
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.TrueAsync(
            async () => (string?)(await http.GetFromJsonAsync<JsonObject>("/api/status"))?["capabilities"]?[capability]?["state"] == state,
            $"{capability} is {state}",
            within);
    }

    internal async Task<(string Token, string Session)> VisitorAsync(string language = "en")
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync("/api/auth/visitor", new { language });
        response.EnsureSuccessStatusCode();
        var visitor = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return ((string)visitor["access_token"]!, (string)visitor["session_id"]!);
    }

    /// <summary>A client of the gateway with a visitor's token.</summary>
    internal async Task<HttpClient> ClientAsync(string? token = null)
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? (await VisitorAsync()).Token);
        return http;
    }

    internal async Task<ProtocolClient> TalkAsync(string language = "en", bool voice = true) =>
        await ProtocolClient.RegisterAsync(Socket(), (await VisitorAsync(language)).Token, language, voice);

    internal Uri Socket(string path = "/ws/text/stream") => new($"ws://{Address.Authority}{path}");

    internal async Task StopAsync(string resource)
    {
        await CommandAsync(resource, KnownResourceCommands.StopCommand);
        await app!.ResourceNotifications.WaitForResourceAsync(resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text)).SoonAsync();
    }

    internal Task StartAsync(string resource) => CommandAsync(resource, KnownResourceCommands.StartCommand);

    private async Task CommandAsync(string resource, string command)
    {
        var result = await app!.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command).SoonAsync();
        Assert.True(result.Success, result.Message);
    }
}

[CollectionDefinition(Name)]
public sealed class SuiteCollection : ICollectionFixture<Suite>
{
    public const string Name = "suite";
}
