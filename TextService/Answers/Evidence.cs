namespace Museum.TextService.Answers;

/// <summary>What the content has to say to a question.</summary>
internal sealed record Evidence
{
    /// <summary>True when the content answers the question.</summary>
    public required bool Grounded { get; init; }

    /// <summary>The best-supported sentences of the best exhibits, best first; for a model, also when not grounded.</summary>
    public required IReadOnlyList<Candidate> Best { get; init; }

    /// <summary>The sentences that answer, in the order in which they are to be said. Empty when not grounded.</summary>
    public required IReadOnlyList<Candidate> Answer { get; init; }

    /// <summary>The exhibits that the question touches, best first.</summary>
    public required IReadOnlyList<int> Exhibits { get; init; }

    /// <summary>The question takes something for granted that the content tells otherwise; the answer begins with what is right.</summary>
    public bool Corrects { get; init; }

    /// <summary>What follows from the sentences, in the guide's own words: which of two is older. Empty: nothing.</summary>
    public string Conclusion { get; init; } = "";

    /// <summary>"It" was said, and nothing was spoken of before.</summary>
    public bool WhichOne { get; init; }

    /// <summary>Found without the question's vector, which was wanted: another time there may be more.</summary>
    public bool LacksMeaning { get; init; }

    /// <summary>Without the sentences that the guide does not say; when none is left that answers, not grounded.</summary>
    public Evidence Without(Func<string, bool> forbids)
    {
        var best = Best.Where(c => !forbids(c.Sentence.Text)).ToList();
        var answer = Answer.Where(c => !forbids(c.Sentence.Text)).ToList();
        return answer.Count == Answer.Count
            ? this with { Best = best }
            // What followed from all of them may not follow from the rest.
            : this with { Best = best, Answer = answer, Grounded = answer.Count > 0, Corrects = false, Conclusion = "" };
    }
}
