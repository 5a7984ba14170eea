using Museum.TestKit;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Tests.Calls;

namespace Museum.VoiceCallService.Tests.Quality;

[Collection(CallCollection.Name)]
public sealed class CallQualityTests(CallHost host) : IDisposable
{
    public void Dispose() => host.Ear.Say(new Hears("", ""));

    [Fact]
    public async Task A_live_call_that_has_ended_is_in_the_report_with_its_sound_and_its_latency()
    {
        var quality = host.Services.GetRequiredService<VoiceQuality>();
        var before = quality.Report().TotalSessions ?? 0;
        host.Ear.Say(new Hears("who painted it", "who painted it"));
        await using (var client = await host.RegisterAsync())
        {
            await using var microphone = new Microphone(client);
            microphone.Say();
            await client.ReceiveAsync("AUDIO_META");
        }

        await Eventually.TrueAsync(() => quality.Report() is { AvgSignalToNoise: not null, AvgLatency: not null } report && report.TotalSessions > before);
    }
}
