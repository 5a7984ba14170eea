using System.Globalization;
using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.Benchmarks.Answers;

/// <summary>Asks everything and prints what came of it.</summary>
internal sealed class AnswersRun(AnswersOptions options)
{
    private const int Edits = 5;

    public async Task PrintAsync(TextWriter to)
    {
        await using var service = await AnsweringService.StartAsync(options.Content, options.Entries);
        using var lease = service.Content.Use();
        using var plain = new PlainFullText(lease.Index.Exhibits);
        await to.WriteLineAsync($"{lease.Index.Exhibits.Count} entries, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        foreach (var line in Figures.Head())
        {
            await to.WriteLineAsync(line);
        }

        List<string> summary = [];
        foreach (var language in options.Languages)
        {
            var asked = AskedQuestion.Read("questions", language).Where(q => options.Kinds.Count == 0 || options.Kinds.Contains(q.Kind)).ToList();
            var verdicts = await JudgeAsync(service, asked);
            foreach (var line in Figures.Of(language, verdicts).Concat(options.List ? Figures.Misses(verdicts) : []))
            {
                await to.WriteLineAsync(line);
            }

            summary.Add(Figures.Times($"{language} answers", verdicts));
            summary.AddRange(await RankAsync(language, asked, lease.Index, plain));
            if (options.Kinds.Count == 0)
            {
                List<string> totals = [];
                foreach (var set in QuestionSets.Beside)
                {
                    var others = await JudgeAsync(service, AskedQuestion.Read(set.Name, language));
                    totals.Add(Figures.Total($"{language} {set.Name}{(set.IsBlind ? ", held out" : "")}", others));
                    foreach (var line in options.List && !set.IsBlind ? Figures.Misses(others) : [])
                    {
                        await to.WriteLineAsync(line);
                    }
                }

                summary.InsertRange(0, totals);
            }
        }

        var reindexed = new List<(TimeSpan Took, TimeSpan Cpu)>();
        for (var edit = 0; edit < Edits; edit++)
        {
            reindexed.Add(await service.ReindexAsync());
        }

        var (took, cpu) = reindexed.Order().ElementAt(Edits / 2);
        summary.Add(string.Create(CultureInfo.InvariantCulture, $"{"index after one edit",-30} {took.TotalMilliseconds,7:F0} ms, {cpu.TotalMilliseconds:F0} ms of CPU   (goal 1,000; median of {Edits})"));
        await to.WriteLineAsync();
        foreach (var line in summary)
        {
            await to.WriteLineAsync(line);
        }
    }

    private static async Task<List<Verdict>> JudgeAsync(AnsweringService service, IReadOnlyList<AskedQuestion> asked)
    {
        var verdicts = new List<Verdict>(asked.Count);
        foreach (var question in asked)
        {
            verdicts.Add(new Verdict(question, await service.AskAsync(question)));
        }

        return verdicts;
    }

    // A follow-up says nothing without its history, which plain full text does not have.
    private static async Task<IEnumerable<string>> RankAsync(string language, IEnumerable<AskedQuestion> asked, ContentIndex index, PlainFullText plain)
    {
        var (ours, theirs) = (new List<Ranking>(), new List<Ranking>());
        foreach (var question in asked.Where(q => !q.Refuse && q.History is null))
        {
            var best = await ExhibitSources.BestAsync(Parser.Parse(question.Question, null, [], index), index, Ranking.Depth, 0, CancellationToken.None);
            ours.Add(Ranking.Of([.. best.Select(s => s.Id)], question.Exhibits));
            theirs.Add(Ranking.Of(plain.Search(question.Question, Ranking.Depth), question.Exhibits));
        }

        return ours.Count == 0 ? [] : [Ranking.Row($"{language} retrieval", ours), Ranking.Row($"{language} plain FTS5", theirs)];
    }
}
