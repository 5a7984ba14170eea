using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>What was understood of a visitor's words.</summary>
internal sealed record Question
{
    public required string Text { get; init; }

    /// <summary>The words as they were understood: misspelt and misheard ones put right.</summary>
    public required string Understood { get; init; }

    /// <summary>The language that it is written in.</summary>
    public required Tongue Tongue { get; init; }

    /// <summary>The language to answer in.</summary>
    public required Tongue Answer { get; init; }
    public required QuestionKind Kind { get; init; }
    public required IReadOnlyList<Mention> Mentions { get; init; }
    public required IReadOnlyList<FocusTerm> Focus { get; init; }

    /// <summary>What was told beside what was asked ("the teacher says that …"): it tells which exhibit is meant, and proves nothing of the answer.</summary>
    public IReadOnlyList<FocusTerm> Setting { get; init; } = [];

    /// <summary>What the question takes for granted of the exhibit that it names first; not all of it need be wrong.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>The sort of thing asked for ("which melody"): an exhibit whose text has nothing of the sort does not answer.</summary>
    public FocusTerm? Wanted { get; init; }

    /// <summary>Asks of the exhibit itself and nothing more: "How big is …?", "… the first …".</summary>
    public bool IsBare => Focus.Sum(f => f.Weight) < LightWeight * 1.5;

    /// <summary>What a word weighs that hardly narrows a question down.</summary>
    public const double LightWeight = 2;

    /// <summary>Terms of the frame ("painted", "hang", "wide"): they help to choose, their absence proves nothing.</summary>
    public required IReadOnlySet<string> Cues { get; init; }

    /// <summary>Names a work between title marks that this museum does not have.</summary>
    public bool ForeignTitle { get; init; }

    /// <summary>In what two exhibits are compared; null: nothing is, or in what the question itself asks.</summary>
    public QuestionKind? Compared { get; init; }

    /// <summary>Several questions that were asked at once; empty: this is one.</summary>
    public IReadOnlyList<Question> Parts { get; init; } = [];

    /// <summary>Tells the guide how to be instead of asking it something: nothing is looked up for it.</summary>
    public bool IsInstruction { get; init; }

    /// <summary>Points back to something said before: "it", 它.</summary>
    public bool PointsBack { get; init; }

    /// <summary>Points at what is before the visitor: "this painting", 这幅画.</summary>
    public bool PointsHere { get; init; }

    /// <summary>The exhibits that the conversation was about, newest first.</summary>
    public IReadOnlyList<int> Topics { get; init; } = [];

    /// <summary>
    /// The one exhibit that is asked about: named, or the only one of the maker who is, or what "it" means; null: none for certain. What can be
    /// told of it is said where the question itself has no answer.
    /// </summary>
    public int? About => OneOf(Mentions.Where(m => m.Strength > MentionStrength.Maker)) is { } named ? named
        : Mentions.Any(m => m.Strength > MentionStrength.Maker) ? null
        : OneOf(Mentions) ?? (Mentions.Count == 0 && PointsBack && Topics.Count > 0 ? Topics[0] : null);

    private static int? OneOf(IEnumerable<Mention> mentions) => mentions.SelectMany(m => m.Exhibits).Distinct().Take(2).ToList() is [var only] ? only : null;

    /// <summary>Where the visitor is; what is there is likelier meant.</summary>
    public Place Place { get; init; } = Place.Unknown;

    /// <summary>
    /// Asked at a place: what is in view may be meant by "it". It is what is meant when the visitor has just come to stand before it; who
    /// stands there since the last question may still speak of something else.
    /// </summary>
    public Question At(Place place, Place before) => this with
    {
        Place = place,
        Topics = place.Exhibit is not { } inView || Mentions.Any(m => m.Strength > MentionStrength.Maker) ? Topics
            : before.Exhibit != inView ? [inView, .. Topics.Where(t => t != inView)]
            : Topics.Contains(inView) ? Topics : [.. Topics, inView],
    };

    /// <summary>What the visitor asked before, so that it is not suggested again.</summary>
    public IReadOnlyList<string> AskedBefore { get; init; } = [];
}

/// <summary>A message of the conversation so far.</summary>
internal sealed record PastMessage(bool FromVisitor, string Text)
{
    /// <summary>Of an answer that the session remembers: the exhibits that it stands on. Null: only the words are known.</summary>
    public IReadOnlyList<int>? About { get; init; }

    /// <summary>The guide did say it: of a history that a caller brings nobody knows.</summary>
    public bool IsOurs => !FromVisitor && About is not null;
}
