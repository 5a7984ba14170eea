using System.Net.WebSockets;
using Museum.ServiceDefaults.Limits;
using Museum.TestKit;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class AdmissionTests(CallHost host)
{
    [Fact]
    public async Task When_all_lines_are_taken_a_call_is_told_when_to_come_back_and_those_that_go_on_go_on()
    {
        var limiter = host.Services.GetRequiredKeyedService<AdaptiveLimiter>(CallAdmission.Limit);
        await using var admitted = await host.RegisterAsync();
        Bear("1");
        try
        {
            Assert.Equal(1, limiter.Limit);
            await RefusedAsync();
            await admitted.ReceiveAnswerAsync(await admitted.AskAsync("What is it?"));
        }
        finally
        {
            Bear("500");
        }

        void Bear(string calls)
        {
            var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
            configuration["Limits:calls:Min"] = configuration["Limits:calls:Base"] = configuration["Limits:calls:Max"] = calls;
            configuration.Reload();
        }
    }

    [Fact]
    public async Task A_call_that_ends_gives_its_line_back()
    {
        var limiter = host.Services.GetRequiredKeyedService<AdaptiveLimiter>(CallAdmission.Limit);
        var client = await host.RegisterAsync();
        Assert.InRange(limiter.InFlight, 1, limiter.Limit);

        await client.DisposeAsync();
        await Eventually.TrueAsync(() => limiter.InFlight == 0);
    }

    private async Task RefusedAsync()
    {
        await using var refused = await ProtocolClient.ConnectAsync(host.Address(), host.Tokens.Token());
        await refused.SendAsync("REGISTER", new { platform = "WEB", require_tts = false, enable_srs = true });
        var error = await refused.ReceiveAsync("ERROR");
        Assert.Equal("SERVER_BUSY", (string?)error.Payload["error_code"]);
        Assert.InRange((int)error.Payload["retry_after_ms"]!, 1_000, 30_000);
        Assert.Equal((WebSocketCloseStatus)1013, await refused.ReceiveCloseAsync());
    }
}
