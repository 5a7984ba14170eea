using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Degradation;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What was heard before is not heard again, as long as it would be heard the same.</summary>
public sealed class KeptTranscriptsTests : IAsyncDisposable
{
    private static readonly RecognitionRequest English = new("en", Partials: false);
    private static readonly short[] Sound = [.. Enumerable.Range(0, 16_000).Select(i => (short)(9_000 * Math.Sin(i / 9.0)))];

    private readonly CountedRecognizer ear = new();
    private readonly ServiceProvider services;
    private readonly KeptTranscripts transcripts;

    public KeptTranscriptsTests()
    {
        services = SoundCaches.Services(KeptSound.Kind, Path.GetTempPath(), more: s => s.AddListener()
            .AddSingleton<IOptionsFactory<SttOptions>>(new SetOptions<SttOptions>(new() { Providers = new() { ["en"] = ["counted"], ["zh"] = ["counted"] } }))
            .AddSingleton<ISpeechRecognizer>(ear)
            .AddCache(KeptTranscripts.Kind with { Levels = CacheLevels.Memory }));
        // It is up as soon as this returns.
        _ = services.GetRequiredService<Providers<ISpeechRecognizer>>().StartAsync(default);
        var listener = services.GetRequiredService<Listener>();
        transcripts = new KeptTranscripts(listener, new Transcriber(listener), services.GetRequiredService<ICache<Recording>>());
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Fact]
    public async Task The_same_sound_is_heard_once()
    {
        var first = await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        var again = await transcripts.TranscribeAsync(English, Sound.ToArray(), default).SoonAsync();
        Assert.Equal("heard 1", first.Text);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Twenty_who_send_it_at_the_same_time_cost_one_recognition()
    {
        ear.Hold = new();
        var all = Enumerable.Range(0, 20).Select(_ => transcripts.TranscribeAsync(English, Sound, default)).ToArray();
        await Eventually.TrueAsync(() => ear.Heard == 1);
        ear.Hold.SetResult();
        Assert.Equal(["heard 1"], (await Task.WhenAll(all).SoonAsync()).Select(r => r.Text).Distinct());
    }

    [Theory]
    [InlineData("sound")]
    [InlineData("language")]
    [InlineData("alternatives")]
    [InlineData("vocabulary")]
    public async Task Whatever_decides_what_is_heard_is_part_of_the_key(string what)
    {
        await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        ear.Vocabulary = what == "vocabulary" ? "v2" : ear.Vocabulary;
        var request = what switch { "language" => English with { Language = "zh" }, "alternatives" => English with { Alternatives = 2 }, _ => English };
        await transcripts.TranscribeAsync(request, what == "sound" ? Sound[1..] : Sound, default).SoonAsync();
        Assert.Equal(2, ear.Heard);
    }

    [Fact]
    public async Task What_a_recogniser_does_not_know_the_reasons_of_is_not_kept()
    {
        ear.Vocabulary = null;
        await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        Assert.Equal(2, ear.Heard);
    }

    [Fact]
    public async Task What_was_heard_in_doubt_is_heard_again()
    {
        ear.InDoubt = true;
        await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        await transcripts.TranscribeAsync(English, Sound, default).SoonAsync();
        Assert.Equal(2, ear.Heard);
    }

    [Fact]
    public void A_transcript_survives_its_journey_to_the_other_replicas()
    {
        var recording = new Recording("Who?", "en", 0.5, true, TimeSpan.FromSeconds(2), [new HeardWord("Who?", 1, 2, 0.5)], "counted") { Alternatives = [new OtherReading("You?", 0.25)] };
        var read = KeptTranscripts.Kind.Read(KeptTranscripts.Kind.Write(recording));
        Assert.Equal(recording with { Words = read.Words, Alternatives = read.Alternatives }, read);
        Assert.Equal(recording.Words, read.Words);
        Assert.Equal(recording.Alternatives, read.Alternatives);
    }

    private sealed class CountedRecognizer : ISpeechRecognizer
    {
        private int heard;

        public int Heard => Volatile.Read(ref heard);

        public string? Vocabulary { get; set; } = "v1";

        public bool InDoubt { get; set; }

        public TaskCompletionSource? Hold { get; set; }

        public string Name => "counted";

        public bool Hears(string language) => true;

        public ValueTask<string?> ProbeAsync(CancellationToken ct) => default;

        public string? Hearing(string language) => Vocabulary;

        public async IAsyncEnumerable<Transcript> RecognizeAsync(RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
        {
            var number = Interlocked.Increment(ref heard);
            await (Hold?.Task ?? Task.CompletedTask).WaitAsync(ct);
            await foreach (var _ in audio.WithCancellation(ct))
            {
            }

            yield return new Transcript($"heard {number}", IsFinal: true) { Language = request.Language, Confidence = InDoubt ? 0.1 : 1, LowConfidence = InDoubt };
        }
    }
}
