using Museum.AudioService.Text;

namespace Museum.AudioService.Espeak;

/// <summary>What the worker is asked to say: each run of one script with the voice that reads it.</summary>
internal static class EspeakScript
{
    public static List<(string Voice, SpokenText Text)> Write(string written, string language, IReadOnlyDictionary<string, string> voices)
    {
        var english = voices.GetValueOrDefault("en", "en-us");
        if (language == "zh")
        {
            return ChineseText.Prepare(written) is { } chinese
                ? [.. ScriptRuns.Split(chinese)
                    .Select(run => run.Latin ? (english, run.Text) : (voices["zh"], Readings.Apply(run.Text)))
                    .Where(run => run.Item2.Text.Any(char.IsLetterOrDigit))]
                : [];
        }

        var spoken = language == "en" ? EnglishText.Prepare(written) : WrittenMarks.Remove(new SpokenText(written));
        return spoken is not null && spoken.Text.Any(char.IsLetterOrDigit) ? [(voices[language], spoken)] : [];
    }
}
