using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Museum.AudioService.Tests.Recognition;
using Museum.AudioService.Text;

namespace Museum.Benchmarks.Speech;

/// <summary>
/// What recognition is held to. The questions are the content's own test questions, which no model is made of; the voices rms and awb,
/// and the everyday sentences, were not used to find any setting (those were slt and kal16, on other questions and other sentences).
/// </summary>
internal static class Figures
{
    private const string Recordings = "/usr/share/pocketsphinx/test/data/librivox";

    private static readonly string[] Voices = ["rms", "awb"];
    private static readonly string[] GuideVoices = ["rms", "slt"];

    public static async Task QuestionsAsync(Ear ear)
    {
        foreach (var (name, noise) in new[] { ("clean", (double?)null), ("15 dB pink noise", 15) })
        {
            foreach (var voice in Voices)
            {
                var score = new Score();
                foreach (var question in Lines("questions"))
                {
                    var pcm = Sounds.Say(question, voice);
                    var heard = await ear.HearAsync(noise is { } decibels ? RoomNoise.Add(pcm, decibels) : pcm);
                    score.Add(question, heard.Text, heard.LowConfidence);
                }

                Print($"questions, {voice}, {name}", score);
            }
        }
    }

    /// <summary>Every sentence of the content, as the guide's own voices say it, recognised again. Minutes of both cores.</summary>
    public static async Task ContentAsync(Ear ear)
    {
        var sentences = MuseumVocabulary.Read().Sentences.Distinct().Select(s => EnglishText.Prepare(s)?.Text).OfType<string>().ToArray();
        foreach (var voice in GuideVoices)
        {
            var score = new Score();
            var spoken = sentences.Select(s => (Text: s, Pcm: Sounds.Say(s, voice)));
            await Parallel.ForEachAsync(spoken, async (sentence, _) =>
            {
                var heard = await ear.HearAsync(sentence.Pcm);
                lock (score)
                {
                    score.Add(sentence.Text, heard.Text, heard.LowConfidence);
                }
            });
            Print($"the content's sentences, {voice}", score);
        }
    }

    public static async Task EverydayAsync(Ear ear)
    {
        foreach (var voice in Voices)
        {
            var score = new Score();
            foreach (var sentence in Lines("everyday"))
            {
                var heard = await ear.HearAsync(Sounds.Say(sentence, voice));
                score.Add(sentence, heard.Text, heard.LowConfidence);
            }

            Print($"everyday sentences, {voice}", score);
        }
    }

    /// <summary>Real people who read a novel (Debian package pocketsphinx-testdata).</summary>
    public static async Task RecordingsAsync(Ear ear)
    {
        await RecordingsAsync(ear, "museum model");
        await ear.LearnEnglishAsync("/usr/share/pocketsphinx/model/en-us");
        await RecordingsAsync(ear, "English model");
    }

    /// <summary>One visitor, then twenty at the same time, at the pace of speech.</summary>
    public static async Task DelaysAsync(Ear ear)
    {
        await DelayAsync(ear, 1, 8);
        await DelayAsync(ear, 20, 2);
    }

    private static async Task RecordingsAsync(Ear ear, string model)
    {
        var score = new Score();
        // "<s> he was not an ill disposed young man </s> (sense_and_sensibility_01_austen_64kb-0880)"
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Recordings, "transcription")))
        {
            var (text, file) = (line[..line.LastIndexOf('(')].Replace("<s>", "", StringComparison.Ordinal).Replace("</s>", "", StringComparison.Ordinal), line[(line.LastIndexOf('(') + 1)..].TrimEnd(')', ' '));
            // 44 bytes of RIFF, then samples at 16 kHz.
            var pcm = MemoryMarshal.Cast<byte, short>((await File.ReadAllBytesAsync(Path.Combine(Recordings, file + ".wav"))).AsSpan(44)).ToArray();
            var heard = await ear.HearAsync(pcm);
            score.Add(text, heard.Text, heard.LowConfidence);
        }

        Print($"a novel read aloud, {model}", score);
    }

    private static async Task DelayAsync(Ear ear, int visitors, int rounds)
    {
        var (delays, seconds) = (new List<double>(), 0.0);
        var questions = Lines("questions").Select(q => Sounds.Say(q, "rms")).ToArray();
        // Decoders are made when they are first needed.
        await Task.WhenAll(Enumerable.Range(0, visitors).Select(i => ear.HearAsync(questions[i])));
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds; round++)
        {
            var said = Enumerable.Range(0, visitors).Select(i => questions[(i + (round * visitors)) % questions.Length]).ToList();
            seconds += said.Sum(pcm => pcm.Length / 16_000.0);
            delays.AddRange((await Task.WhenAll(said.Select(pcm => ear.HearAsync(pcm, paced: true)))).Select(heard => heard.Delay.TotalMilliseconds));
        }

        delays.Sort();
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        Print(
            $"{visitors} at once, at the pace of speech",
            $"final after p50 {delays[delays.Count / 2]:F0} ms, p95 {delays[Math.Min(delays.Count - 1, delays.Count * 95 / 100)]:F0} ms; {spent / seconds:F3} s of a core per second of speech, {spent / Stopwatch.GetElapsedTime(started).TotalSeconds:F2} cores");
    }

    private static string[] Lines(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Print(string what, object figures) => Console.WriteLine($"{what,-38}{figures}");
}
