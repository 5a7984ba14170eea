namespace Museum.VoiceCallService.Quality;

/// <summary>The latest sessions together, of one replica; empty (<c>{}</c>) while there was none.</summary>
internal sealed record VoiceQualityReport
{
    /// <summary>0 (nothing understood) to 1 (speech 30 dB above the room, nothing lost or clipped).</summary>
    public double? AvgClarity { get; init; }

    /// <summary>Milliseconds from the end of a question to the first sound of its answer.</summary>
    public double? AvgLatency { get; init; }

    public double? AvgAudioQuality { get; init; }

    /// <summary>Per cent of samples at full scale.</summary>
    public double? AvgClipping { get; init; }

    /// <summary>dB.</summary>
    public double? AvgSignalToNoise { get; init; }

    /// <summary>Per cent of sound that never came.</summary>
    public double? AvgPacketLoss { get; init; }

    public int? TotalSessions { get; init; }

    /// <summary><c>improving</c>, <c>stable</c> or <c>declining</c>: the clarity of the newer half against the older.</summary>
    public string? QualityTrend { get; init; }
}
