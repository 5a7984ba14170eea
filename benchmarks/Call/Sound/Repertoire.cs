namespace Museum.Benchmarks.Call.Sound;

/// <summary>Everything that is said in a run, recorded before it. Shared by all calls: each takes the next.</summary>
internal sealed class Repertoire(IReadOnlyList<SpokenQuestion> questions, IReadOnlyList<SpokenQuestion> interruptions, Disturbances disturbances)
{
    private int asked;
    private int interrupted;
    private int disturbed;

    public string CoughsAre => disturbances.Origin;

    public SpokenQuestion NextQuestion() => questions[(Interlocked.Increment(ref asked) - 1) % questions.Count];

    public SpokenQuestion NextInterruption() => interruptions[(Interlocked.Increment(ref interrupted) - 1) % interruptions.Count];

    /// <summary>Every kind as often as every other; "echo" is one of them, and has no sound of its own.</summary>
    public string NextKind()
    {
        var kinds = disturbances.Kinds;
        var next = (Interlocked.Increment(ref disturbed) - 1) % (kinds.Count + 1);
        return next == kinds.Count ? Scenarios.Disturbing.EchoKind : kinds[next];
    }

    public short[] Disturbance(string kind, Random random) => disturbances.Next(kind, random);
}
