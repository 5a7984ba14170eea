namespace Museum.VoiceCallService.BargeIn;

/// <summary>What is said while the guide speaks, and what it is worth.</summary>
internal enum SpeechWorth
{
    /// <summary>No words, or only such as a recogniser makes of a cough.</summary>
    Nothing,

    /// <summary>"Mhm": who says it listens, and wants to go on listening.</summary>
    Backchannel,

    /// <summary>Somebody wants to say something.</summary>
    Words,
}
