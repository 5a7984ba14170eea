namespace Museum.AudioService.Text.Pinyin;

/// <summary>
/// 一 is yī by itself, yí before a fourth tone and yì before the others; 不 is bú before a fourth tone. espeak-ng does neither, but it
/// does change third tones before third tones (3 3 → 2 3), so those are left to it.
/// </summary>
internal static class ToneSandhi
{
    private const string Numerals = "零〇一二三四五六七八九十";

    // After these 一 is a figure: 第一, 二十一, 一百一十, 三点一, 五月一日, 公元一世纪.
    private const string BeforeFigure = Numerals + "第初百千万亿点月元";

    // And before these: 一八八九, 一月, 一号, 一楼, 路易一世.
    private const string AfterFigure = Numerals + "月号楼世";

    public static void Apply(string text, string?[] syllables, IReadOnlyList<bool> endsWord)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (syllables[i + 1] is not { } next)
            {
                continue;
            }

            var tone = next[^1];
            if (text[i] == '不' && syllables[i] == "bu4" && tone == '4')
            {
                syllables[i] = "bu2";
            }
            else if (text[i] == '一' && syllables[i] == "yi1" && !endsWord[i] && !IsFigure(text, i))
            {
                // The light 个 was a fourth tone once, and counts as one.
                syllables[i] = tone == '4' || text[i + 1] == '个' ? "yi2" : "yi4";
            }
        }
    }

    private static bool IsFigure(string text, int i) =>
        (i > 0 && BeforeFigure.Contains(text[i - 1], StringComparison.Ordinal))
        || AfterFigure.Contains(text[i + 1], StringComparison.Ordinal)
        || (text[i + 1] == '点' && i + 2 < text.Length && Numerals.Contains(text[i + 2], StringComparison.Ordinal));
}
