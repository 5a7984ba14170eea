using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Load;

/// <summary>Makes figures of answers.</summary>
internal static class Summary
{
    private const double WrittenGoalMs = 300;

    /// <summary>Level: a collector's sawtooth stays within this.</summary>
    private const double LevelFactor = 1.1;

    public static LoadResult Of(LoadOptions options, IReadOnlyList<LoadedAnswer> answers, SpokenQuestions aloud, SuiteUsage usage, Kinds kinds, double framesPerSecond)
    {
        var minutes = Enumerable.Range(0, (int)Math.Ceiling(options.Minutes)).Select(i => MinuteOf(i, answers, usage)).ToArray();
        var errors = Count(answers, a => a.Answer.ErrorCode);
        foreach (var (code, count) in aloud.Failures)
        {
            errors[$"heard: {code}"] = count;
        }

        var times = new SortedDictionary<string, Times> { ["all"] = TimesOf(answers) };
        foreach (var language in answers.GroupBy(a => a.Answer.Language))
        {
            times[language.Key] = TimesOf([.. language]);
        }

        List<Goal> goals =
        [
            new("errors", 0, errors.Values.Sum()),
            new("written answer, p95 in ms", WrittenGoalMs, times["all"].Written?.P95 ?? double.PositiveInfinity),
        ];
        if (minutes.Length > 2)
        {
            goals.Add(new("memory of the last minute over that of the second", LevelFactor, Math.Round(minutes[^1].Megabytes / minutes[1].Megabytes, 3)));
        }

        return new LoadResult(
            Machine.Here, options.Visitors, options.Every.TotalSeconds, options.Minutes, $"Zipf, exponent 1, over all questions of the content, half of them Chinese; seed {options.Seed}",
            answers.Count, errors, Count(answers, WhySilent), times, StagesOf(answers, aloud), kinds, minutes,
            new Generator(Math.Round(framesPerSecond), Spread.Of(answers.Select(a => a.LateMs))), goals);
    }

    private static Times TimesOf(IReadOnlyCollection<LoadedAnswer> answers) => new(
        Spread.Of(answers.Select(a => a.Answer.FirstTextMs).OfType<double>()),
        Spread.Of(answers.Select(a => a.Answer.WrittenMs).OfType<double>()),
        Spread.Of(answers.Select(a => a.Answer.FirstAudioMs).OfType<double>()));

    private static Stages StagesOf(IReadOnlyList<LoadedAnswer> answers, SpokenQuestions aloud) => new(
        aloud.Times,
        Spread.Of(answers.Select(a => a.Answer.Server.Sentence).OfType<double>()),
        Spread.Of(answers.Select(a => a.Answer.Server.Audio - a.Answer.Server.Sentence).OfType<double>()),
        Spread.Of(answers.SelectMany(a => a.Answer.SoundToTrackMs)),
        Spread.Of(answers.Select(a => a.Answer.Server.Hop).OfType<double>()));

    private static Minute MinuteOf(int index, IReadOnlyList<LoadedAnswer> answers, SuiteUsage usage)
    {
        var (from, until) = (TimeSpan.FromMinutes(index), TimeSpan.FromMinutes(index + 1));
        var within = answers.Where(a => a.AskedAt >= from && a.AskedAt < until).ToArray();
        return new Minute(
            index + 1, within.Length, within.Count(a => a.Answer.ErrorCode is not null), within.Count(a => WhySilent(a) is not null), TimesOf(within), usage.Between(from, until));
    }

    /// <summary>Why an answer had no voice; null when it had one.</summary>
    private static string? WhySilent(LoadedAnswer a) =>
        a.Answer is { FirstAudioMs: not null } or { ErrorCode: not null } ? null
        : a.VoiceAway ? "STATUS said that the voice was away"
        : a.Answer.Interrupted ? "none before the next question"
        : a.Answer.Ended.IsCompleted ? "left to its text: the voice's deadline passed"
        : "none before the end of the run";

    private static SortedDictionary<string, int> Count(IEnumerable<LoadedAnswer> answers, Func<LoadedAnswer, string?> by) =>
        new(answers.Select(by).OfType<string>().GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count()));
}
