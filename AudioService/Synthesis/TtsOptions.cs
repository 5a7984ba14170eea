using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.Synthesis;

/// <summary>Who speaks, and how much at once.</summary>
internal sealed class TtsOptions
{
    public const string Section = "Tts";

    [Setting("Names of providers per language, the best first.")]
    [Required, MinLength(1)]
    public required Dictionary<string, string[]> Providers { get; init; }

    [Setting("Names of providers per language, asked before the others when high quality is wanted.")]
    [Required]
    public Dictionary<string, string[]> HighQuality { get; init; } = [];

    [Setting("What is wanted where nobody says: standard, the first sound soonest, or high.", Live = true)]
    public SpeechQuality Quality { get; init; }

    [Setting("Sentences of turns that are made at the same time, the most urgent first: as many as the engines take.")]
    [Range(1, 256)]
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// How long a sentence's announcement may wait for its times to be complete, so that captions and face have them at once. espeak-ng
    /// tells them as it goes: 10–40 ms, more on a busy machine. flite knows them before the first sound.
    /// </summary>
    [Setting("How long a sentence's announcement may wait for its times to be complete.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan TimesGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A sentence whose holder gives it up sooner than this fails at once as <c>too_late</c>: a service that is behind would otherwise make
    /// only what nobody waits for any more, and never catch up. Rather too long: of those who wait the most urgent is always made next, so
    /// behind by a second they all are begun at the last moment.
    /// </summary>
    [Setting("What a first sound may take on a busy machine: a sentence whose listener gives up sooner is left to its text.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.500")]
    public TimeSpan FirstSound { get; init; } = TimeSpan.FromSeconds(1);

    [Required]
    public FliteOptions Flite { get; init; } = new();

    [Required]
    public EspeakOptions Espeak { get; init; } = new();
}

internal sealed class FliteOptions
{
    /// <summary><c>rms</c>, the more intelligible to the recogniser (SpokenAgainTests tells both), or <c>slt</c>.</summary>
    [Setting("The voice that speaks when nobody asks for another.", Live = true)]
    [Required, AllowedValues("rms", "slt")]
    public string Voice { get; init; } = "rms";
}

internal sealed class EspeakOptions
{
    /// <summary>espeak-ng's voice per language. <c>cmn</c> would read most hanzi as English; <c>cmn-latn-pinyin</c> takes hanzi and pinyin.</summary>
    [Setting("espeak-ng's voice per language.")]
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["zh"] = "cmn-latn-pinyin", ["en"] = "en-us" };

    /// <summary>At rate 1. 155 is about five Chinese syllables a second, a guide's calm pace; espeak's own 175 hurries.</summary>
    [Setting("How fast it speaks at rate 1.", Live = true)]
    [Range(80, 450)]
    public int WordsPerMinute { get; init; } = 155;

    [Setting("Path of the worker's assembly or executable; empty: beside this one.")]
    public string Worker { get; init; } = "";
}
