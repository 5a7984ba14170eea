namespace Museum.VoiceCallService.Turns;

/// <summary>When the stages that a visitor feels were reached, in milliseconds from the request, or from the end of what was said.</summary>
internal sealed class TurnTimes
{
    /// <summary>The silence after which the end of what was said was sure; null: it was not said.</summary>
    public double? EndOfTurnMs { get; set; }

    /// <summary>When the final transcript was there.</summary>
    public double? TranscriptMs { get; set; }

    /// <summary>From asking the guide to its first text.</summary>
    public double? TextTtfbMs { get; set; }

    /// <summary>From publishing the first sentence to the announcement of its voice.</summary>
    public double? VoiceTtfbMs { get; set; }

    public double? FirstTextMs { get; set; }

    public double? FirstSentenceMs { get; set; }

    public double? FirstAudioMs { get; set; }

    public double? FirstFaceMs { get; set; }

    /// <summary>How long the first voice's event was on the broker.</summary>
    public double? BrokerHopMs { get; set; }
}
