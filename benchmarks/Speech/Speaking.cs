using System.Diagnostics;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.AudioService.Synthesis;

namespace Museum.Benchmarks.Speech;

/// <summary>
/// What speech is held to: the first sound of a sentence of ten words through gRPC (flite slt within 40 ms, espeak-ng 10 ms, said before
/// 2 ms), and where the figures come from that the voices' code states: how loud each is by itself, and what a festival takes.
/// </summary>
internal static class Speaking
{
    private const int Rounds = 40;
    private const int Warm = 8;

    private static readonly string[] Things = ["painting", "statue", "vase", "mask", "lamp", "tomb", "scroll", "crown", "ship", "bell"];
    private static readonly string[] Kinds = ["old", "famous", "broken", "golden", "small"];
    private static readonly string[] Mandarin = ["画", "像", "灯", "船", "钟"];
    private static readonly string[] Halls = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    public static async Task VoicesAsync()
    {
        await using var service = new SpeakingService();
        await service.StartAsync();
        await FirstSoundAsync(service, "flite slt", English, new SynthesizeRequest { Language = "en", Voice = "slt" });
        await FirstSoundAsync(service, "flite rms", English, new SynthesizeRequest { Language = "en", Voice = "rms" });
        await FirstSoundAsync(service, "espeak-ng, English", English, new SynthesizeRequest { Language = "en", Voice = "en-us" });
        await FirstSoundAsync(service, "espeak-ng, Mandarin", Chinese, new SynthesizeRequest { Language = "zh" });
        await FirstSoundAsync(service, "said before", _ => English(0), new SynthesizeRequest { Language = "en", Voice = "slt" });
        if (Process.GetProcessesByName("festival").Length == 0)
        {
            await FirstSoundAsync(service, "festival (quality: high)", English, new SynthesizeRequest { Language = "en", Quality = Quality.High });
            var worker = Process.GetProcessesByName("festival").FirstOrDefault();
            Print("a festival's memory", worker is null ? "not installed" : $"{worker.WorkingSet64 >> 20} MB");
        }

        foreach (var (name, voice, language, text) in new (string, string?, string, Func<int, string>)[]
        {
            ("flite", "rms", "en", English), ("flite", "slt", "en", English), ("festival", null, "en", English), ("espeak-ng", null, "en", English), ("espeak-ng", null, "zh", Chinese),
        })
        {
            await LevelAsync(service.Synthesizers.Single(s => s.Name == name), voice, language, text);
        }
    }

    // Ten words each, and none twice: nothing is found in a cache.
    private static string English(int i) => $"The visitors looked at the {Kinds[i / Things.Length % Kinds.Length]} {Things[i % Things.Length]} until the evening.";

    private static string Chinese(int i) => $"参观的人在{Halls[i % Halls.Length]}号厅里看了很久那幅{Mandarin[i / Halls.Length % Mandarin.Length]}。";

    private static async Task FirstSoundAsync(SpeakingService service, string what, Func<int, string> sentence, SynthesizeRequest request)
    {
        var (first, factor) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds + Warm; i++)
        {
            var started = Stopwatch.GetTimestamp();
            request.Text = sentence(i);
            using var call = service.Client.Synthesize(request, service.Caller);
            TimeSpan? sound = null;
            long samples = 0;
            await foreach (var chunk in call.ResponseStream.ReadAllAsync())
            {
                sound ??= Stopwatch.GetElapsedTime(started);
                samples += chunk.Pcm.Length / sizeof(short);
            }

            if (i >= Warm)
            {
                first.Add(sound!.Value.TotalMilliseconds);
                factor.Add(Stopwatch.GetElapsedTime(started).TotalSeconds * 16_000 / samples);
            }
        }

        first.Sort();
        Print($"first sound, {what}", $"p50 {first[Rounds / 2],6:F1} ms   p95 {first[Rounds * 95 / 100],6:F1} ms   the whole in {factor.Average():F3} of its time");
    }

    /// <summary>RMS relative to full scale where there is speech, of the engine's own sound.</summary>
    private static async Task LevelAsync(ISpeechSynthesizer engine, string? voice, string language, Func<int, string> sentence)
    {
        if (await engine.ProbeAsync(default) is { } missing)
        {
            Print($"level of {engine.Name}", missing);
            return;
        }

        var powers = new List<double>();
        for (var i = 0; i < Things.Length; i++)
        {
            var pcm = new List<short>();
            await foreach (var piece in engine.SynthesizeAsync(new Utterance(sentence(i * 3), language, voice), default))
            {
                pcm.AddRange(piece.Pcm.Span);
            }

            powers.AddRange(pcm.Chunk(320).Select(frame => frame.Average(s => s / 32768.0 * (s / 32768.0))).Where(power => power > 0.01 * 0.01));
        }

        Print($"level of {engine.Name} {voice ?? language}", $"{Math.Sqrt(powers.Average()):F3} of full scale");
    }

    private static void Print(string what, string figures) => Console.WriteLine($"{what,-38}{figures}");
}
