namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>What the words heard so far say of the words to come.</summary>
internal enum Sense
{
    /// <summary>Nothing either way.</summary>
    Unknown,

    /// <summary>A question or a sentence with all that it needs.</summary>
    Complete,

    /// <summary>Its last word wants another.</summary>
    Unfinished,

    /// <summary>The speaker looks for words and says so: "um".</summary>
    Hesitating,
}
