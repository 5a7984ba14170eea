using Museum.AudioService.Text.Pinyin;

namespace Museum.AudioService.Text;

/// <summary>
/// Writes pinyin with tone numbers in the place of hanzi, because espeak-ng, going character by character, reads many of them wrongly
/// (音乐, 银行, 王冠) and changes no tone of 一 and 不.
/// </summary>
internal static class Readings
{
    // After a character that is left to the engine: keeps its own list of compounds away, which says the last character of each twice.
    private const char WordJoiner = '\u2060';

    public static SpokenText Apply(SpokenText text)
    {
        var syllables = PinyinReader.Read(text.Text);
        var at = 0;
        return text.Fold(c => syllables[at++] is { } syllable ? $" {syllable} " : PinyinTable.IsHan(c) ? $"{c}{WordJoiner}" : c.ToString());
    }
}
