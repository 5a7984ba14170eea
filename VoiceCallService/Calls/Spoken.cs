namespace Museum.VoiceCallService.Calls;

/// <summary>Transcripts compared as a listener would: by their words alone.</summary>
internal static class Spoken
{
    /// <summary>Lower case, without punctuation.</summary>
    public static string Bare(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c == '\'' ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static bool AreSame(string one, string other) => Bare(one) == Bare(other);

    /// <summary>Latin words, or Chinese characters by twos.</summary>
    public static int CountWords(string text) =>
        Bare(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(w => w[0] < 0x2E80 ? 1 : Math.Max(1, w.Length / 2));
}
