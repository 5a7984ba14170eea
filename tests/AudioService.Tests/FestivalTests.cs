using System.Diagnostics;
using Museum.AudioService.Festival;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests;

public sealed class FestivalTests
{
    private static readonly Utterance Sentence = new("Whistler said: \\ \"Louis XIV\" (quit) was here.", "en");

    [Fact]
    public async Task What_stands_in_the_text_is_spoken_and_never_a_command()
    {
        await using var engines = new Engines();
        var heard = await Heard.AllAsync(engines.ByName("festival").SynthesizeAsync(Sentence, default)).SoonAsync();
        Assert.Contains(heard.Words, w => w.Text == "XIV");
        Assert.Contains(heard.Words, w => w.Text.Contains("quit", StringComparison.Ordinal));
        Assert.Contains(heard.Words, w => w.Text.Contains("here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_died_is_replaced()
    {
        await using var engines = new Engines();
        var voice = engines.ByName("festival");
        await using (var worker = await engines.Festivals.RentAsync(default))
        {
            using var process = Process.GetProcessById(worker.Value.ProcessId);
            process.Kill();
            await process.WaitForExitAsync().SoonAsync();
            await Assert.ThrowsAsync<DependencyException>(() => worker.Value.SayAsync("Hello.", 1, default).SoonAsync());
        }

        await Heard.AllAsync(voice.SynthesizeAsync(Sentence, default)).SoonAsync();
    }

    [Fact]
    public async Task A_worker_that_has_said_its_share_is_not_given_out_again()
    {
        var workers = new FestivalWorkers(mostSentences: 2);
        await using var worker = await workers.CreateAsync(default).SoonAsync();
        await worker.SayAsync("One.", 1, default).SoonAsync();
        Assert.True(workers.IsUsable(worker));
        await worker.SayAsync("Two.", 1, default).SoonAsync();
        Assert.False(workers.IsUsable(worker));
        Assert.True(worker.Alive);
    }

    [Fact]
    public async Task Cancelling_ends_the_work_and_its_end_leaves_no_process_and_no_file()
    {
        var worker = await FestivalWorker.StartAsync(default).SoonAsync();
        using var process = Process.GetProcessById(worker.ProcessId);
        using var stop = new CancellationTokenSource();
        var saying = worker.SayAsync(string.Concat(Enumerable.Repeat("A long time ago. ", 50)), 1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saying.SoonAsync());
        await worker.DisposeAsync();
        Assert.True(process.WaitForExit(Eventually.DefaultTimeout));
        Assert.False(Directory.Exists(worker.Folder));
    }
}
