using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Edge;

/// <summary>Text as SSML, in parts of the size that the service takes.</summary>
internal static partial class EdgeText
{
    /// <summary>Of the escaped text, in UTF-8.</summary>
    public const int MaxBytes = 4_096;

    // The pitch is told in Hz to be added; these voices speak at about 200.
    private const double VoiceHertz = 200;

    /// <summary>Cuts where a voice would breathe if it can, between words if not, and never inside a character or an entity.</summary>
    public static IEnumerable<string> Split(string text)
    {
        while (Fitting(text) is var length && length < text.Length)
        {
            var cut = length;
            if (Breath().Matches(text[..length]) is [.., var last])
            {
                cut = last.Index + last.Length;
            }

            yield return text[..cut];
            text = text[cut..];
        }

        yield return text;
    }

    public static string Ssml(string part, string voice, Utterance utterance) => string.Create(
        CultureInfo.InvariantCulture,
        $"<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='{Locale(voice)}'><voice name='{Escape(voice)}'>" +
        $"<prosody pitch='{(utterance.Pitch - 1) * VoiceHertz:+0;-0;+0}Hz' rate='{(utterance.Rate - 1) * 100:+0;-0;+0}%' volume='+0%'>{Escape(part)}</prosody></voice></speak>");

    /// <summary>Also without the control characters that XML forbids.</summary>
    public static string Escape(string text) => SecurityElement.Escape(Forbidden().Replace(text, " "));

    private static int Fitting(string text)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += Encoding.UTF8.GetByteCount(Escape(rune.ToString()));
            if (bytes > MaxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    // zh-CN-XiaoxiaoNeural speaks zh-CN.
    private static string Locale(string voice) => Escape(string.Join('-', voice.Split('-').Take(2)));

    [GeneratedRegex(@"[.!?;,]\s|[。！？；，、]|\s")]
    private static partial Regex Breath();

    [GeneratedRegex(@"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")]
    private static partial Regex Forbidden();
}
