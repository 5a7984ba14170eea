using Museum.ServiceDefaults.Errors;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// An answer that is asked for again begins like the one the visitor has seen, or it is another answer. A guide that quotes its curators
/// says the same again; a model may not, and then it is honest to say that the answer broke off.
/// </summary>
/// <param name="seen">What the visitor has seen of it.</param>
internal sealed class EqualPrefix(string seen)
{
    private int matched;

    /// <summary>What of the next piece is new.</summary>
    /// <exception cref="NetworkException"><c>answer_broken_off</c>: the words are others.</exception>
    public string Rest(string text)
    {
        var known = Math.Min(text.Length, seen.Length - matched);
        if (string.CompareOrdinal(seen, matched, text, 0, known) != 0)
        {
            throw Broken();
        }

        matched += known;
        return text[known..];
    }

    /// <exception cref="NetworkException"><c>answer_broken_off</c>: there were fewer words this time.</exception>
    public void End()
    {
        if (matched < seen.Length)
        {
            throw Broken();
        }
    }

    public static NetworkException Broken() => new("answer_broken_off", "The answer broke off. Please ask again.");
}
