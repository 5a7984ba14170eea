using System.Diagnostics;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests;

/// <summary>Runs alone: the memory of the process is what it measures.</summary>
[Collection(AloneCollection.Name)]
public sealed class MemoryTests
{
    [Fact]
    public async Task Five_hundred_sentences_leave_no_memory_behind()
    {
        await using var engines = new Engines();
        await SayAsync(100);
        var before = Memory();
        await SayAsync(500);
        // Flat over 4,000 when it was measured; 40 MB would be 80 KB a sentence, a fraction of an utterance.
        Assert.InRange((Memory() - before) >> 20, -1_000, 40);

        async Task SayAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var sound = await engines.Narrator.SpeakAsync(i % 2 == 0 ? new("A cat.", "en") : new("一只猫。", "zh"), 16_000, default).SoonAsync();
                await sound.Ended.SoonAsync();
            }
        }

        static long Memory()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Process.GetCurrentProcess().WorkingSet64;
        }
    }
}
