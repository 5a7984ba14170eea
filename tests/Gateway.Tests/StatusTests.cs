using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task It_tells_each_service_and_each_capability()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Suite(out _), GatewayUnderTest.Unlimited);

        var status = await UntilAsync(gateway, s => s["status"]!.GetValue<string>() == "ok");

        Assert.Equal("0.1.0", status["version"]!.GetValue<string>());
        Assert.Equal("healthy", status["services"]!["textservice"]!["status"]!.GetValue<string>());
        Assert.Equal(["events", "face", "hearing", "llm", "store", "voice"], status["capabilities"]!.AsObject().Select(c => c.Key));
        Assert.Equal("degraded", State(status, "llm"));
        Assert.Equal("no model", status["capabilities"]!["llm"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_voice_that_goes_and_comes_back_is_seen()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Suite(out var audio), GatewayUnderTest.Unlimited);
        await UntilAsync(gateway, s => State(s, "voice") == "ok");

        await audio.StopAsync();
        var away = await UntilAsync(gateway, s => State(s, "voice") == "away" && s["status"]!.GetValue<string>() == "degraded");
        Assert.Contains("audioservice", away["capabilities"]!["voice"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);

        await audio.StartAsync();
        await UntilAsync(gateway, s => State(s, "voice") == "ok" && s["status"]!.GetValue<string>() == "ok");
    }

    [Fact]
    public async Task Without_the_broker_there_is_neither_voice_nor_face()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Suite(out var audio), GatewayUnderTest.Unlimited);
        audio.Health["capabilities"]!["events"] = Capability("away", "RabbitMQ is away.");

        var status = await UntilAsync(gateway, s => State(s, "events") == "away");

        Assert.Equal(("away", "away"), (State(status, "voice"), State(status, "face")));
    }

    [Fact]
    public async Task Without_the_services_of_a_written_answer_the_guide_is_away()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        Assert.Equal("away", (await gateway.Client.GetFromJsonAsync<JsonObject>("/api/status"))!["status"]!.GetValue<string>());
    }

    private static Upstream[] Suite(out Upstream audio)
    {
        audio = new Upstream("audioservice");
        Upstream[] all = [new("sessionservice"), new("textservice"), audio, new("voicecallservice"), new("avatarservice")];
        foreach (var service in all)
        {
            var capabilities = service.Health["capabilities"]!;
            capabilities["store"] = Capability("ok");
            capabilities["events"] = Capability("ok");
            capabilities["voice"] = Capability("ok");
            capabilities["face"] = Capability("ok");
            capabilities["hearing"] = Capability("ok");
            capabilities["llm"] = Capability("degraded", "no model");
        }

        return all;
    }

    private static JsonObject Capability(string state, string? reason = null) =>
        new() { ["state"] = state, ["since"] = "2026-11-21T10:00:00+00:00", ["reason"] = reason };

    private static string State(JsonObject status, string capability) => status["capabilities"]![capability]!["state"]!.GetValue<string>();

    private static Task<JsonObject> UntilAsync(GatewayUnderTest gateway, Func<JsonObject, bool> condition) => Eventually.GetAsync(async () =>
        await gateway.Client.GetFromJsonAsync<JsonObject>("/api/status") is { } status && condition(status) ? status : null);
}
