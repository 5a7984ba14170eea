namespace Museum.TextService.Language;

/// <summary>How much of a model's window a text takes, without its tokenizer.</summary>
internal static class TokenCount
{
    // English has about 4.5 characters per token in the vocabularies of today's models, with spaces; Chinese 0.6 to 1 token per character.
    private const int CharactersPerToken = 4;

    /// <summary>From above rather than from below.</summary>
    public static int Estimate(string text)
    {
        var han = text.Count(Han.Is);
        return han + ((text.Length - han + CharactersPerToken - 1) / CharactersPerToken);
    }

    /// <summary>The beginning of a text that takes no more than so many tokens, whole words where it can be.</summary>
    public static string Beginning(string text, int tokens)
    {
        if (Estimate(text) <= tokens)
        {
            return text;
        }

        var end = Fitting(text.AsSpan(), tokens);
        var space = text.LastIndexOf(' ', end - 1, Math.Min(end, 20));
        return text[..(space > 0 ? space : end)].TrimEnd() + "…";
    }

    /// <summary>The end of a text: who tells a long story asks at its end.</summary>
    public static string End(string text, int tokens)
    {
        if (Estimate(text) <= tokens)
        {
            return text;
        }

        var reversed = text.ToCharArray();
        Array.Reverse(reversed);
        return "…" + text[^Fitting(reversed, tokens)..].TrimStart();
    }

    private static int Fitting(ReadOnlySpan<char> text, int tokens)
    {
        var quarters = 0;
        var length = 0;
        while (length < text.Length && quarters < tokens * CharactersPerToken)
        {
            quarters += Han.Is(text[length++]) ? CharactersPerToken : 1;
        }

        return Math.Max(1, length - 1);
    }
}
