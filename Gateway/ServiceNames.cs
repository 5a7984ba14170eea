namespace Museum.Gateway;

/// <summary>The resources' names in the AppHost.</summary>
internal static class ServiceNames
{
    public const string Session = "sessionservice";
    public const string Text = "textservice";
    public const string Audio = "audioservice";
    public const string VoiceCall = "voicecallservice";
    public const string Avatar = "avatarservice";

    public static IReadOnlyList<string> All { get; } = [Session, Text, Audio, VoiceCall, Avatar];
}
