using System.Diagnostics;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests;

public sealed class EspeakWorkerTests
{
    private static readonly Utterance Sentence = new("清明上河图描绘了北宋都城汴京的繁华，画中有八百多个人物，桥下的船正要放倒桅杆。", "zh");

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_a_sentence_is_replaced_and_nothing_is_heard_twice()
    {
        await using var engines = new Engines();
        var whole = await Heard.AllAsync(engines.Espeak.SynthesizeAsync(Sentence, default)).SoonAsync();

        var process = await ProcessAsync(engines);

        var heard = await Heard.AllAsync(KillAfterFirst(engines.Espeak.SynthesizeAsync(Sentence, default), process)).SoonAsync();
        Assert.True(process.HasExited);
        Assert.Equal(whole.Pcm.Length, heard.Pcm.Length);
        SameTimes(whole.Phones, heard.Phones);
        Assert.Equal(whole.Words.Select(w => w.Text), heard.Words.Select(w => w.Text));
    }

    [Fact]
    public async Task A_worker_that_cannot_start_is_a_dependency_that_is_away_and_is_tried_again_later()
    {
        var time = new ManualTime();
        await using var engines = new Engines(new TtsOptions { Providers = [], Espeak = new() { Worker = "/bin/false" } }, time);
        var first = await Assert.ThrowsAsync<DependencyException>(RentAsync);
        Assert.Same(first, await Assert.ThrowsAsync<DependencyException>(RentAsync));
        Assert.NotNull(await engines.Espeak.ProbeAsync(default));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(first, await Assert.ThrowsAsync<DependencyException>(RentAsync));

        Task RentAsync() => engines.Workers.RentAsync(default).AsTask().SoonAsync();
    }

    [Fact]
    public async Task A_worker_ends_with_its_pool()
    {
        var engines = new Engines();
        var process = await ProcessAsync(engines);
        await engines.DisposeAsync();
        Assert.True(process.WaitForExit(Eventually.DefaultTimeout));
    }

    [Fact]
    public async Task A_slow_listener_does_not_keep_the_worker_from_the_next_sentence()
    {
        await using var engines = new Engines(new TtsOptions { Providers = new() { ["zh"] = ["espeak-ng"] } }, null, ("Pools:espeak-ng:Max", "1"));
        var unheard = await engines.Narrator.SpeakAsync(Sentence, 16_000, default).SoonAsync();
        var heard = await engines.Narrator.SpeakAsync(Sentence with { Rate = 1.1 }, 16_000, default).SoonAsync();
        var (second, first) = (await Heard.AllAsync(heard.ReadAsync(default)).SoonAsync(), await Heard.AllAsync(unheard.ReadAsync(default)).SoonAsync());
        Assert.Equal(first.Phones.Select(p => p.Symbol), second.Phones.Select(p => p.Symbol));
    }

    private static async Task<Process> ProcessAsync(Engines engines)
    {
        await using var lease = await engines.Workers.RentAsync(default);
        return Process.GetProcessById(lease.Value.ProcessId);
    }

    /// <summary>espeak-ng's times differ by a few samples from one saying to the next.</summary>
    private static void SameTimes(TimedPhone[] expected, TimedPhone[] actual)
    {
        Assert.Equal(expected.Select(p => p.Symbol), actual.Select(p => p.Symbol));
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second.EndSample - pair.First.EndSample, -22, 22));
    }

    private static async IAsyncEnumerable<SpeechPiece> KillAfterFirst(IAsyncEnumerable<SpeechPiece> pieces, Process process)
    {
        var first = true;
        await foreach (var piece in pieces)
        {
            yield return piece;
            if (first)
            {
                process.Kill();
                await process.WaitForExitAsync();
                first = false;
            }
        }
    }
}
