using System.Globalization;
using System.Text;

namespace Museum.TextService.Language;

/// <summary>Brings different ways of writing the same thing together.</summary>
internal static class Folding
{
    /// <summary>Lower case, without accents, with straight quotes and half-width forms.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            folded.Append(c switch
            {
                '’' or '‘' or 'ʼ' or '`' => '\'',
                '“' or '”' => '"',
                '•' or '・' or '‧' or '∙' => '·',
                'ß' => 's',
                'ø' or 'Ø' => 'o',
                'ł' or 'Ł' => 'l',
                'æ' or 'Æ' => 'e',
                _ => char.ToLowerInvariant(c),
            });
        }

        return folded.ToString();
    }
}
