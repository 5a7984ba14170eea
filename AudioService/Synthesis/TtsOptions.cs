using System.ComponentModel.DataAnnotations;

namespace Museum.AudioService.Synthesis;

/// <summary>Who speaks, and how much at once.</summary>
internal sealed class TtsOptions
{
    public const string Section = "Tts";

    /// <summary>Per language (<c>en</c>, <c>zh</c>, …) the names of providers, the best first.</summary>
    [Required, MinLength(1)]
    public required Dictionary<string, string[]> Providers { get; init; }

    /// <summary>Sentences of turns that are made at the same time, the most urgent first: as many as the engines take.</summary>
    [Range(1, 256)]
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// How long a sentence's announcement may wait for its times to be complete, so that captions and face have them at once. espeak-ng
    /// tells them as it goes: 10–40 ms, more on a busy machine. flite knows them before the first sound.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan TimesGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A sentence that begins to be made so long after it was needed fails at once as <c>too_late</c>. Its holder gives up after 2 s: a
    /// service that is behind would otherwise make only what nobody waits for any more, and never catch up.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Tts:TooLate must lie between 0.1 s and a minute.")]
    public TimeSpan TooLate { get; init; } = TimeSpan.FromSeconds(1);

    [Required]
    public FliteOptions Flite { get; init; } = new();

    [Required]
    public EspeakOptions Espeak { get; init; } = new();
}

internal sealed class FliteOptions
{
    /// <summary><c>rms</c>, the more intelligible to a recogniser (12.5 % word errors), or <c>slt</c> (22.9 %).</summary>
    [Required]
    public string Voice { get; init; } = "rms";
}

internal sealed class EspeakOptions
{
    /// <summary>espeak-ng's voice per language. <c>cmn</c> would read most hanzi as English; <c>cmn-latn-pinyin</c> takes hanzi and pinyin.</summary>
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["zh"] = "cmn-latn-pinyin", ["en"] = "en-us" };

    /// <summary>At rate 1. 155 is about five Chinese syllables a second, a guide's calm pace; espeak's own 175 hurries.</summary>
    [Range(80, 450)]
    public int WordsPerMinute { get; init; } = 155;

    /// <summary>Path of the worker's assembly or executable; empty: beside this one.</summary>
    public string Worker { get; init; } = "";
}
