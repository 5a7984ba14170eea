using Museum.TextService.Generation;
using Museum.TextService.Language;
using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Grounding;

/// <summary>
/// All that an answer may stand on: the texts and facts of the exhibits that were found, in both languages, what the guide said before in this
/// session, what functions told, and for names, and numbers that are denied, the visitor's own words. What a caller says that the guide has said
/// is the caller's words, too.
/// </summary>
internal sealed class Passages
{
    // Norwegian of Norway, Parisian of Paris: so many letters in common, and so large a part of the shorter word.
    private const int CommonLetters = 4;
    private const double CommonPart = 0.6;

    private readonly Turn turn;
    private readonly List<Figure> figures = [];
    private readonly List<Figure> askedFigures = [];
    private readonly HashSet<string> words = [];
    private readonly List<string> texts = [];
    private int learnt;

    public Passages(Turn turn)
    {
        this.turn = turn;
        foreach (var exhibit in turn.Evidence.Best.Concat(turn.Evidence.Answer).Select(c => c.Sentence.Exhibit).Distinct())
        {
            AddExhibit(exhibit);
        }

        foreach (var message in turn.History.Where(m => m.IsOurs))
        {
            Add(message.Text);
        }

        foreach (var asked in turn.History.Where(m => !m.IsOurs).Select(m => m.Text).Append(turn.Question.Text).Append(turn.Request.SceneDescription))
        {
            AddWords(asked);
            askedFigures.AddRange(FigureReader.Of(asked));
        }

        Add(ExtractionComposer.SmallTalk(turn) ?? "");
    }

    /// <summary>True when a passage names the number, or one that it rounds.</summary>
    public bool Bear(Figure claimed)
    {
        Learn();
        return figures.Exists(claimed.IsBorneOutBy);
    }

    /// <summary>True when the visitor named the number.</summary>
    public bool WasAsked(Figure denied) => askedFigures.Exists(denied.IsBorneOutBy);

    /// <summary>True when a passage, or a title of the museum, has the name.</summary>
    public bool Bear(string name)
    {
        Learn();
        var folded = Folding.Fold(name);
        if (Han.Is(folded[0]))
        {
            return texts.Exists(t => t.Contains(folded, StringComparison.Ordinal)) || turn.Index.ChineseNames.Find(name, []).Exists(m => m.Strength > MentionStrength.Maker);
        }

        var parts = EnglishWords.Of(folded);
        return parts.TrueForAll(p => words.Contains(p) || words.Any(w => IsKin(w, p)))
            || turn.Index.EnglishNames.Find(parts, (_, _) => true).Exists(m => m.Strength > MentionStrength.Maker);
    }

    private void AddExhibit(int number)
    {
        var exhibit = turn.Index.Exhibits[number];
        foreach (var tongue in Tongues.All)
        {
            foreach (var sentence in turn.Index.Sentences(number, tongue))
            {
                Add(sentence.Text);
            }

            foreach (var fact in exhibit.Aliases[tongue].Concat(exhibit.Tags[tongue])
                .Concat([exhibit.Title[tongue], exhibit.Maker[tongue], exhibit.Date[tongue], exhibit.Material[tongue], exhibit.Found[tongue], exhibit.Home[tongue]]))
            {
                Add(fact);
            }
        }

        Add(exhibit.Hall.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var hall in turn.Index.Halls.Where(h => h.Number == exhibit.Hall))
        {
            Add(hall.Name.En);
            Add(hall.Name.Zh);
        }
    }

    private void Learn()
    {
        for (; learnt < turn.Learnt.Count; learnt++)
        {
            Add(turn.Learnt[learnt]);
        }
    }

    private void Add(string text)
    {
        figures.AddRange(FigureReader.Of(text));
        AddWords(text);
    }

    private void AddWords(string text)
    {
        words.UnionWith(EnglishWords.Of(text));
        texts.Add(Folding.Fold(text));
    }

    private static bool IsKin(string a, string b)
    {
        var common = 0;
        while (common < a.Length && common < b.Length && a[common] == b[common])
        {
            common++;
        }

        return common >= CommonLetters && common >= CommonPart * Math.Min(a.Length, b.Length);
    }
}
