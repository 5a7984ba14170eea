using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

/// <summary>Connections are kept warm, and left in time.</summary>
public sealed class DashScopeConnectionTests(Engines engines) : DashScopeVoice(engines), IClassFixture<Engines>
{
    [Fact]
    public async Task A_warm_connection_carries_one_task_after_another()
    {
        var voice = Voice();
        for (var i = 0; i < 3; i++)
        {
            await SayAsync(voice, new Utterance(Chinese, "zh"));
        }

        Assert.Equal(1, Server.Connections);
        Assert.Equal(3, Server.Received.Select(m => m.GetProperty("header").GetProperty("task_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task At_most_the_configured_number_of_tasks_run_at_once_each_on_its_own_connection()
    {
        var voice = Voice(o => o with { Connections = 2 });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SayAsync(voice, new Utterance(Chinese, "zh"))));
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task A_connection_whose_task_failed_is_not_used_again()
    {
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Server.Fails = "InternalError.Algo";
        Assert.Equal("dashscope_failed", (await FailsAsync<DependencyException>(voice)).Code);
        Server.Fails = null;
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task A_connection_older_than_the_service_keeps_it_is_left_for_a_new_one()
    {
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Time.Advance(TimeSpan.FromSeconds(61));
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_service_closed_early_costs_no_sentence()
    {
        Server.ClosesIdleAfter = TimeSpan.FromSeconds(10);
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Time.Advance(TimeSpan.FromSeconds(11));
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.InRange(Server.Connections, 1, 2);
        Assert.Equal(0, Server.Abandoned);
    }
}
