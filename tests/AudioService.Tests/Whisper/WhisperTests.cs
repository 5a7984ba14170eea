using Museum.AudioService.Recognition;
using Museum.AudioService.Tests.Remote;
using Museum.AudioService.Whisper;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Whisper;

/// <summary>Whisper's whole path, on whisper.cpp itself, with models that the tests write.</summary>
public sealed class WhisperTests(WhisperLibraryFixture whisper) : IClassFixture<WhisperLibraryFixture>
{
    [Fact]
    public async Task An_utterance_is_heard_with_its_words_and_their_places()
    {
        await using var host = await whisper.HostAsync(whisper.English());
        var final = Assert.Single(await host.HearAsync(2, "en", partials: false));
        Assert.Equal((true, "Who made the first?", "en", "whisper"), (final.IsFinal, final.Text, final.Language, final.Provider));
        Assert.Equal(["Who", "made", "the", "first"], final.Words.Select(w => w.Text));
        Assert.All(final.Words, w => Assert.InRange(w.StartSample, 0, w.EndSample));
        Assert.All(final.Words.Zip(final.Words.Skip(1)), pair => Assert.True(pair.First.StartSample <= pair.Second.StartSample));
        Assert.InRange(final.Confidence, 0.9, 1);
        Assert.False(final.LowConfidence);
    }

    [Fact]
    public async Task Hanzi_that_are_cut_in_the_middle_are_words_all_the_same()
    {
        await using var host = await whisper.HostAsync(whisper.Chinese());
        var final = Assert.Single(await host.HearAsync(2, "zh", partials: false));
        Assert.Equal(("谁画的", "zh"), (final.Text, final.Language));
        Assert.Equal("谁画的", string.Concat(final.Words.Select(w => w.Text)));
    }

    [Fact]
    public async Task A_model_without_weights_hears_nothing_and_guesses_nothing()
    {
        await using var host = await whisper.HostAsync(whisper.Silent());
        var final = Assert.Single(await host.HearAsync(2, "en", partials: false));
        Assert.Equal(("", 0.0), (final.Text, final.Confidence));
        Assert.Equal("", Assert.Single(await host.HearAsync(0, "en")).Text);
    }

    [Fact]
    public async Task Words_come_while_the_visitor_still_speaks()
    {
        await using var host = await whisper.HostAsync(whisper.English(), new() { ["Stt:Whisper:Cadence"] = "00:00:00.5" });
        var heard = new TaskCompletionSource();
        var transcripts = new List<Transcript>();
        await foreach (var transcript in host.RecognizeAsync(Speak(), "en"))
        {
            transcripts.Add(transcript);
            heard.TrySetResult();
        }

        Assert.Equal((false, "Who made the first?"), (transcripts[0].IsFinal, transcripts[0].Text));
        Assert.True(transcripts[^1].IsFinal);

        async IAsyncEnumerable<ReadOnlyMemory<short>> Speak()
        {
            // Speaks on, frame by frame, until the first words have come back.
            while (!heard.Task.IsCompleted)
            {
                yield return EarHost.Sound(0.1);
                await Task.WhenAny(heard.Task, Task.Delay(20));
            }
        }
    }

    [Fact]
    public async Task A_long_recording_is_heard_to_its_end()
    {
        await using var host = await whisper.HostAsync(whisper.English());
        var final = Assert.Single(await host.HearAsync(55, "en", partials: false));
        // Whisper looks at 30 s at a time, and this model says the same to each.
        Assert.Equal("Who made the first? Who made the first?", final.Text);
        Assert.Contains(final.Words, w => w.StartSample >= 30 * Transcript.SampleRate);
    }

    [Fact]
    public async Task It_can_find_the_language_out_by_itself()
    {
        await using var host = await whisper.HostAsync(whisper.English(), new() { ["Stt:Whisper:Language"] = "auto" });
        // To a model of zeros all languages are alike: it names one of them, and not because it was asked for it.
        var language = (await host.HearAsync(2, "zh", partials: false))[^1].Language;
        Assert.Matches("^[a-z]{2,3}$", language);
        Assert.NotEqual("zh", language);
    }

    [Theory]
    [InlineData(0.5, 256)]
    [InlineData(5, 256)]
    [InlineData(5.2, 320)]
    [InlineData(12, 640)]
    [InlineData(29.9, 1_500)]
    [InlineData(60, 1_500)]
    public void Whisper_is_told_how_much_there_is_to_hear(double seconds, int frames) =>
        Assert.Equal(frames, WhisperDecoding.ContextOf((int)(seconds * Transcript.SampleRate)));

    [Fact]
    public async Task Who_goes_away_ends_the_recognition_and_gives_the_ear_back()
    {
        await using var host = await whisper.HostAsync(whisper.English());
        using var gone = new CancellationTokenSource();
        var hearing = host.Recognize(59, "en", ct: gone.Token).ToListAsync().AsTask();
        await Eventually.TrueAsync(() => host.WhisperPool.Active == 1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing.SoonAsync());
        Assert.Equal(0, host.WhisperPool.Active);
        Assert.Equal("Who made the first?", (await host.HearAsync(1.5, "en"))[^1].Text);
    }

    [Fact]
    public async Task Several_visitors_at_once_are_each_heard()
    {
        await using var host = await whisper.HostAsync(whisper.English());
        var heard = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => host.HearAsync(1.5, "en", partials: false))));
        Assert.All(heard, transcripts => Assert.Equal("Who made the first?", transcripts[^1].Text));
    }

    [Fact]
    public async Task Another_model_takes_over_and_what_has_begun_ends_with_the_old()
    {
        await using var host = await whisper.HostAsync(whisper.English(), new() { ["Pools:whisper:Max"] = "2" });
        Assert.Equal("Who made the first?", (await host.HearAsync(1.5, "en"))[^1].Text);
        await using var begun = await host.WhisperPool.RentAsync(default);
        var other = whisper.Model("other", " What", " is", " it", "?");
        host.Set("Stt:Whisper:Model", other);
        await Eventually.TrueAsync(() => host.Whisper.Model!.Path == other);
        Assert.Equal("What is it?", (await host.HearAsync(1.5, "en"))[^1].Text);
        // The old one is still there for who has begun with it.
        var old = await WhisperDecoding.RunAsync(begun.Value.Model, new float[24_000], 0, "en", 1, default);
        Assert.Equal("Who made the first?", old.Text);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_does_not_replace_one_that_can()
    {
        await using var host = await whisper.HostAsync(whisper.English());
        await host.HearAsync(1.5, "en");
        var broken = whisper.PathOf("broken");
        await File.WriteAllTextAsync(broken, "no model at all");
        host.Set("Stt:Whisper:Model", broken);
        await Assert.ThrowsAsync<DependencyException>(() => host.Whisper.LoadAsync(default));
        Assert.Equal("Who made the first?", (await host.HearAsync(1.5, "en"))[^1].Text);
    }

    [Theory]
    [InlineData("missing", "./museum models pull")]
    [InlineData("text", "no ggml model")]
    [InlineData("empty", "no ggml model")]
    [InlineData("cut in its words", "damaged")]
    [InlineData("cut in its weights", "damaged")]
    [InlineData("a word of a gigabyte", "damaged")]
    [InlineData("a name of nothing", "damaged")]
    [InlineData("a strange tensor", "cannot load")]
    [InlineData("in 32 bits", "16 bits, or a quantised one")]
    public async Task A_model_that_cannot_be_loaded_says_why(string how, string reason)
    {
        var path = whisper.English();
        Damage(path, how);
        await using var host = await whisper.HostAsync(path);
        var e = await Assert.ThrowsAsync<DependencyException>(() => host.Whisper.LoadAsync(default).SoonAsync());
        Assert.Equal("recognizer_unavailable", e.Code);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    private static void Damage(string path, string how)
    {
        // Magic, 11 numbers, the mel filters, the number of words: here the words begin.
        const int words = 4 + (11 * 4) + 8 + (80 * 201 * 4) + 4;
        var file = File.ReadAllBytes(path);
        var weights = words + (50_257 * 4) + 1 + 20;
        switch (how)
        {
            case "missing": File.Delete(path); return;
            case "text": File.WriteAllText(path, "<html>404</html>"); return;
            case "empty": File.WriteAllBytes(path, []); return;
            case "cut in its words": File.WriteAllBytes(path, file[..(words + 1_001)]); return;
            case "cut in its weights": File.WriteAllBytes(path, file[..^1_001]); return;
            case "a word of a gigabyte": BitConverter.TryWriteBytes(file.AsSpan(words), 1 << 30); break;
            case "in 32 bits": BitConverter.TryWriteBytes(file.AsSpan(4 + (10 * 4)), 0); break;
            case "a name of nothing": BitConverter.TryWriteBytes(file.AsSpan(weights + 4), 0); break;
            default: "x"u8.CopyTo(file.AsSpan(weights + 12 + 8)); break;
        }

        File.WriteAllBytes(path, file);
    }
}
