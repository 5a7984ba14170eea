namespace Museum.AudioService.Text.Pinyin;

/// <summary>Reads Mandarin: finds the words, in which characters with several readings have one, then lets 一 and 不 follow what comes after them.</summary>
internal static class PinyinReader
{
    /// <summary>A syllable per character of <paramref name="text"/>; null where it is no hanzi, or an unknown one.</summary>
    public static string?[] Read(string text)
    {
        var syllables = new string?[text.Length];
        var endsWord = new bool[text.Length];
        var words = Segment(text);
        for (var i = 0; i < text.Length; i += words[i])
        {
            if (words[i] > 1)
            {
                PinyinTable.Syllables(text.AsSpan(i, words[i]))!.CopyTo(syllables, i);
                endsWord[i + words[i] - 1] = true;
            }
            else
            {
                syllables[i] = PinyinTable.Syllable(text[i]);
            }
        }

        ToneSandhi.Apply(text, syllables, endsWord);
        return syllables;
    }

    /// <summary>
    /// The length of the word at each place where one begins: of all ways to cut the text, the one with the longest words (the greatest
    /// sum of their squares), and of equals the one whose longer words come later: 立|人|为什么, 飞|船|只有.
    /// </summary>
    private static int[] Segment(string text)
    {
        var lengths = new int[text.Length];
        var scores = new int[text.Length + 1];
        for (var i = text.Length - 1; i >= 0; i--)
        {
            (lengths[i], scores[i]) = (1, 1 + scores[i + 1]);
            for (var length = 2; length <= Math.Min(PinyinTable.LongestWord, text.Length - i) && PinyinTable.IsHan(text[i + length - 1]); length++)
            {
                var score = (length * length) + scores[i + length];
                if (score > scores[i] && PinyinTable.Syllables(text.AsSpan(i, length)) is not null)
                {
                    (lengths[i], scores[i]) = (length, score);
                }
            }
        }

        return lengths;
    }
}
