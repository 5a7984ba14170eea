using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

/// <summary>What becomes of a sentence when the service refuses, is slow or goes away.</summary>
public sealed class DashScopeFailureTests(Engines engines) : DashScopeVoice(engines), IClassFixture<Engines>
{
    [Theory]
    [InlineData("Throttling.RateQuota")]
    [InlineData("Throttling.AllocationQuota")]
    public async Task A_throttled_task_is_a_resource_that_is_short(string code)
    {
        Server.Fails = code;
        Assert.Equal("dashscope_throttled", (await FailsAsync<ResourceException>(Voice())).Code);
    }

    [Fact]
    public async Task A_throttled_handshake_says_when_to_come_back()
    {
        Server.Refuses = 429;
        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync<ResourceException>(Voice())).RetryAfter);
    }

    [Fact]
    public async Task An_expired_key_is_named_until_another_is_accepted()
    {
        var voice = Voice();
        Server.ValidKey = "another";
        var refused = await FailsAsync<DependencyException>(voice);
        Assert.Equal("dashscope_key_refused", refused.Code);
        Assert.Contains("DashScope:Key", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, await voice.ProbeAsync(default));
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(refused.Message, await voice.ProbeAsync(default));

        Server.ValidKey = DashScopeServer.Key;
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await voice.ProbeAsync(default));
        // The connection that the probe opened is the one that speaks.
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(1, Server.Connections);
    }

    [Fact]
    public async Task A_key_is_exchanged_while_the_service_runs()
    {
        var voice = Voice();
        Server.ValidKey = "another";
        Assert.Equal("dashscope_key_refused", (await FailsAsync<DependencyException>(voice)).Code);
        Set("DashScope:Key", "another");
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await voice.ProbeAsync(default));
        await SayAsync(voice, new Utterance(Chinese, "zh"));
    }

    [Fact]
    public async Task Without_a_key_nobody_is_asked_and_the_setting_is_named()
    {
        var voice = Voice(o => o with { Key = "" });
        Assert.Contains("DashScope__Key", await voice.ProbeAsync(default), StringComparison.Ordinal);
        Assert.Equal("dashscope_no_key", (await FailsAsync<DependencyException>(voice)).Code);
        Assert.Equal(0, Server.Connections);
    }

    [Fact]
    public async Task A_service_that_does_not_start_the_task_in_time_is_given_up()
    {
        // What has no task yet would look idle to the server.
        (Server.HoldsStart, Server.ClosesIdleAfter) = (new(), TimeSpan.MaxValue);
        var failing = FailsAsync<DependencyException>(Voice());
        await Eventually.TrueAsync(() => !Server.Received.IsEmpty);
        await Time.PassesUntilAsync(failing);
        Assert.Equal("dashscope_timeout", (await failing).Code);
        Server.HoldsStart.SetResult();
    }

    [Fact]
    public async Task A_service_that_falls_silent_in_the_middle_is_given_up()
    {
        Server.HoldsSound = new();
        var failing = FailsAsync<DependencyException>(Voice());
        await Eventually.TrueAsync(() => Server.Actions.Contains("finish-task"));
        await Time.PassesUntilAsync(failing);
        Assert.Equal("dashscope_timeout", (await failing).Code);
        await Eventually.TrueAsync(() => Server.Abandoned == 1);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_ends_the_sound_and_is_not_asked_again()
    {
        (Server.HangsUpAfter, Server.HoldsSound) = (1, new());
        var heard = 0;
        var failure = await Assert.ThrowsAsync<DependencyException>(async () =>
        {
            await foreach (var piece in Voice().SynthesizeAsync(new Utterance(Chinese, "zh"), default))
            {
                heard += piece.Pcm.Length;
                Server.HoldsSound.TrySetResult();
            }
        });
        Assert.Equal("dashscope_broke_off", failure.Code);
        Assert.Equal(2_205, heard);
        Assert.Single(Server.Actions, "run-task");
    }

    [Fact]
    public async Task A_visitor_hears_the_next_voice_when_the_service_is_away()
    {
        Server.Refuses = 503;
        var narrators = new Narrators(SoundCaches.InMemory(), new() { ["zh"] = ["dashscope", "espeak-ng"] }, Voice(), Engines.Espeak);
        var sound = await narrators.Narrator.SpeakAsync(new Utterance(Chinese, "zh"), 16_000, default).SoonAsync();
        Assert.Equal("espeak-ng", sound.Provider);
    }
}
