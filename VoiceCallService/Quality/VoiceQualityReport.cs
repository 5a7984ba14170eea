namespace Museum.VoiceCallService.Quality;

/// <summary>The latest sessions together; empty (<c>{}</c>) while there was none.</summary>
internal sealed record VoiceQualityReport
{
    // Less is chance: a visitor who stands nearer.
    private const double Change = 0.05;

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

    /// <param name="sessions">Oldest first.</param>
    public static VoiceQualityReport Of(SessionQuality[] sessions) => sessions.Length == 0 ? new VoiceQualityReport() : new VoiceQualityReport
    {
        TotalSessions = sessions.Length,
        AvgClarity = Mean(sessions.Select(q => q.Clarity), 3),
        AvgAudioQuality = Mean(sessions.Select(q => (double?)q.AudioQuality), 3),
        AvgLatency = Mean(sessions.Select(q => q.Latency?.TotalMilliseconds), 0),
        AvgClipping = Mean(sessions.Select(q => (double?)(100 * q.Clipping)), 2),
        AvgSignalToNoise = Mean(sessions.Select(q => q.SignalToNoise), 1),
        AvgPacketLoss = Mean(sessions.Select(q => (double?)(100 * q.Loss)), 2),
        QualityTrend = Trend(sessions),
    };

    private static string Trend(SessionQuality[] sessions)
    {
        var half = sessions.Length / 2;
        var change = sessions.Skip(half).Average(q => q.Clarity) - sessions.Take(half).Average(q => q.Clarity);
        return change > Change ? "improving" : change < -Change ? "declining" : "stable";
    }

    private static double? Mean(IEnumerable<double?> values, int digits) => values.Average() is { } mean ? Math.Round(mean, digits) : null;
}
