namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>
/// How loud a call is when nobody speaks: the level of its windows in dBFS (0: full scale), followed down at once and up slowly, as in
/// minimum statistics (R. Martin, 2001), but with one number.
/// </summary>
internal sealed class NoiseFloor
{
    /// <summary>Below every room: what a microphone that is off sends.</summary>
    public const double Nothing = -96;

    // Speech of ten seconds without a pause raises it by 10 dB, and is 20 and more above it.
    private const double RiseDbPerSecond = 1;

    // What is not so much louder than the room cannot be speech that is meant for us.
    private const double GateDb = 4;

    // Between a quiet room and a loud hall.
    private const double QuietDb = -50;
    private const double LoudDb = -30;
    private const double MostRaised = 0.15;

    public double Db { get; private set; } = Nothing;

    /// <summary>By how much the threshold of speech is raised: in a hall other people's talk is faint speech.</summary>
    /// <param name="gainDb">By how much the model hears the room louder than it is.</param>
    public double Raised(double gainDb) => MostRaised * Math.Clamp((Db + gainDb - QuietDb) / (LoudDb - QuietDb), 0, 1);

    /// <returns>False: no louder than the room, so the model need not be asked.</returns>
    /// <param name="power">The mean square of a window's samples, which are from -1 to 1.</param>
    public bool IsAbove(double power)
    {
        var db = Math.Max(Nothing, 10 * Math.Log10(power + 1e-12));
        var above = db > Db + GateDb;
        // The first window says what kind of room it is, unless somebody speaks in it already.
        Db = Db == Nothing ? Math.Min(db, QuietDb) : Math.Min(db, Db + (RiseDbPerSecond * SpeechDetector.Window.TotalSeconds));
        return above;
    }
}
