namespace Museum.TextService.Language;

/// <summary>Chinese as terms: characters and pairs of neighbouring characters, since no dictionary cuts words here.</summary>
internal static class ChineseText
{
    /// <summary>Every character and every pair, and the Latin words and numbers between them.</summary>
    public static List<string> Terms(string text)
    {
        var folded = Folding.Fold(text);
        var terms = new List<string>(folded.Length * 2);
        for (var i = 0; i < folded.Length; i++)
        {
            if (!Han.Is(folded[i]))
            {
                continue;
            }

            terms.Add(folded[i].ToString());
            if (i + 1 < folded.Length && Han.Is(folded[i + 1]))
            {
                terms.Add(folded.Substring(i, 2));
            }
        }

        terms.AddRange(EnglishWords.Of(folded));
        return terms;
    }
}
