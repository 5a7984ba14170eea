using static Museum.VoiceCallService.EndOfTurn.EnglishWords;

namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>
/// English: the last words first, since they say best that others follow; then whether what stands there is a whole question or request.
/// Recognisers write "who painted the starry night" or "Who painted The Starry Night?"; both are read.
/// </summary>
internal static class EnglishSense
{
    private const string Marks = ".,;:!?…-—\"()";

    /// <summary>"the Girl with a Pearl Earring": in words.</summary>
    private const int LongestSubject = 6;

    /// <param name="text">Not empty.</param>
    public static Sense Of(string text)
    {
        var said = text.ToLowerInvariant().Replace('’', '\'').Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(w => w.Trim(Marks.ToCharArray())).Where(w => w.Length > 0).ToArray();
        var words = said.AsSpan(said.TakeWhile(Openers.Contains).Count());
        if (said.Length == 0)
        {
            return Sense.Unknown;
        }

        var (sentence, last) = (string.Join(' ', words!), said[^1]);
        if (Whole.Contains(sentence) || Whole.Contains(string.Join(' ', said)))
        {
            return Sense.Complete;
        }

        if (Fillers.Contains(last) || Hesitations.Any(h => EndsWith(sentence, h)) || words.IsEmpty)
        {
            return Fillers.Contains(last) || !words.IsEmpty ? Sense.Hesitating : Sense.Unknown;
        }

        return IsHanging(words, sentence, text) || IsList(words, text) ? Sense.Unfinished
            : EndsInStranded(words) ? Sense.Unknown
            : text[^1] is '?' or '!' || IsQuestion(words) || IsRequest(words) || last == "please" ? Sense.Complete
            : Sense.Unknown;
    }

    /// <summary>The last word wants another.</summary>
    private static bool IsHanging(ReadOnlySpan<string> words, string sentence, string text)
    {
        var last = words[^1];
        return Determiners.Contains(last)
            || Conjunctions.Contains(last)
            || (last == "so" && (words.Length < 2 || words[^2] is not ("think" or "hope" or "say")))
            || (Prepositions.Contains(last) && !EndsInStranded(words))
            || (Auxiliaries.Contains(last) && !IsEmbedded(words))
            || (QuestionWords.Contains(last) && words.Length > 1 && words[^2] is "me" or "know" or "wonder" or "wondering" or "see" or "explain" or "about")
            || (words[0] == "who" && words.Length == 2)
            || (words[0] is "what" or "which" && (words.Length == 2 ? words[0] == "which" : WantPreposition.Contains(last)))
            || (words.Length > 2 && words[1] is "do" or "does" or "did" && QuestionWords.Contains(words[0]) && !HasPredicate(words) && words[^1] is not ("it" or "that") && !GoesOnBehindSubject(words, text))
            || (last.EndsWith("'s", StringComparison.Ordinal) && words.Length > 1)
            || Openings.Contains(sentence)
            || OpenEndings.Any(e => EndsWith(sentence, e));
    }

    /// <summary>
    /// "how do the Benin Bronzes cost": where something stands behind a name, or more words than a subject has, the predicate is there and was
    /// only misheard. Recognisers write names with capitals.
    /// </summary>
    private static bool GoesOnBehindSubject(ReadOnlySpan<string> words, string text)
    {
        var written = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = Array.FindLastIndex(written, w => char.IsUpper(w[0]));
        return words.Length > LongestSubject + 2 || (name > 1 && name < written.Length - 1);
    }

    /// <summary>"what is it made of": the preposition's noun stands at the beginning.</summary>
    private static bool EndsInStranded(ReadOnlySpan<string> words) =>
        Prepositions.Contains(words[^1]) && words.Length >= 3 && words.IndexOfAny(["who", "what", "where", "which", "what's", "who's", "whom"]) is >= 0 and var asked && asked < words.Length - 2
        && (BeforeStranded.Contains(words[^2]) || words[^1] is "by" or "about" or "from" or "like");

    /// <summary>"tell me what this is", but not "what is" or "how old is".</summary>
    private static bool IsEmbedded(ReadOnlySpan<string> words)
    {
        var asked = words.LastIndexOfAny(["who", "what", "where", "when", "how", "why"]);
        var between = words.Length - 2 - asked;
        return asked >= 0 && between >= (words[asked] == "how" ? 2 : 1) && !words[(asked + 1)..^1].ContainsAny(["painting", "picture", "artist", "painter", "museum", "and", "the"]);
    }

    /// <summary>"the first the second", "one, two,": the same form again, and no "and" before the last.</summary>
    private static bool IsList(ReadOnlySpan<string> words, string text)
    {
        if (text[^1] is ',' or ':' or ';' or '-' or '—' or '…' || text.EndsWith("...", StringComparison.Ordinal))
        {
            return true;
        }

        return IsRepeated(words, 2) || IsRepeated(words, 3);
    }

    /// <summary>"the first the second", "the red one the blue one": two groups of so many words, each with the same article, after no preposition.</summary>
    private static bool IsRepeated(ReadOnlySpan<string> words, int group) =>
        words.Length >= 2 * group && Determiners.Contains(words[^group]) && words[^group] == words[^(2 * group)] && !words[^((2 * group) - 1)..^group].ContainsAny([.. Prepositions, .. Determiners, .. Auxiliaries])
        && (words.Length == 2 * group || !Prepositions.Contains(words[^((2 * group) + 1)]));

    private static bool IsQuestion(ReadOnlySpan<string> words)
    {
        var (first, second) = (words[0], words.Length > 1 ? words[1] : "");
        var contracted = first.EndsWith("'s", StringComparison.Ordinal);
        var count = words.Length + (contracted ? 1 : 0);
        if (words.Length >= 3 && words[^2] is "and" or "or" && QuestionWords.Contains(words[^1]))
        {
            return true;
        }

        return first.Split('\'')[0] switch
        {
            "who" or "what" or "where" => contracted || second is "is" or "was" or "are" or "were" ? count >= 3 && !NounOnly(words[^1])
                : second is "do" or "does" or "did" or "can" or "could" or "should" or "would" ? count >= 4 && HasPredicate(words)
                : count >= 3,
            "which" => count >= 4,
            "when" or "why" => count >= 4 && HasPredicate(words),
            "how" => count >= 4 && (HasPredicate(words) || second is not ("did" or "do" or "does" or "was" or "is" or "many" or "much")) || (count >= 5 && second is "many" or "much"),
            "is" or "are" or "was" or "were" or "do" or "does" or "did" or "can" or "could" or "has" or "have" or "should" or "may" or "will" or "would" => count >= 4 && !(second == "you" && count < 5),
            _ => false,
        };
    }

    private static bool IsRequest(ReadOnlySpan<string> words) =>
        (words.Length >= 4 && words[0] is "tell" or "show" or "take" or "give" or "teach") || (words.Length >= 3 && words[0] is "explain" or "describe" or "compare" or "skip" or "repeat");

    /// <summary>Behind the subject, which is one word at least: "why is it called". Recognisers hear "does it stands", too.</summary>
    private static bool HasPredicate(ReadOnlySpan<string> words)
    {
        foreach (var word in words[Math.Min(3, words.Length)..])
        {
            if (Predicates.Contains(word) || word.EndsWith("ed", StringComparison.Ordinal) || (word.EndsWith('s') && Predicates.Contains(word[..^1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool NounOnly(string word) => word is "first" or "most" or "other" or "same";

    private static bool EndsWith(string sentence, string phrase) =>
        sentence.EndsWith(phrase, StringComparison.Ordinal) && (sentence.Length == phrase.Length || sentence[^(phrase.Length + 1)] == ' ');
}
