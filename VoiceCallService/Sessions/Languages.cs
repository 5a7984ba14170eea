namespace Museum.VoiceCallService.Sessions;

internal static class Languages
{
    /// <summary><c>en</c> or <c>zh</c> from any BCP 47 tag of them; null where the tag says neither, so that the text decides.</summary>
    public static string? Normalize(string? tag) => tag switch
    {
        null => null,
        _ when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => "zh",
        _ when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => "en",
        _ => null,
    };
}
