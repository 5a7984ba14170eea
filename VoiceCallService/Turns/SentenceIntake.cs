using System.Collections.Concurrent;
using Museum.Contracts.Events;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Where the events addressed to this holder meet the turns that wait for them. Whoever comes first wins: the broker may deliver twice,
/// and a sentence that nobody waits for (its turn was interrupted, its deadline passed) is dropped.
/// </summary>
internal sealed class SentenceIntake
{
    private readonly ConcurrentDictionary<SentenceKey, ExpectedSentence> expected = new();

    /// <summary>Sentences under way; at most two ahead of playback per turn, so the number of turns bounds it.</summary>
    public int Count => expected.Count;

    public ExpectedSentence Expect(SentenceKey key) => expected.GetOrAdd(key, k => new ExpectedSentence(this, k));

    /// <param name="e">The event.</param>
    /// <param name="hopMs">How long it was on the broker, in milliseconds.</param>
    public void Spoken(SentenceSpoken e, double? hopMs) => Find(e)?.SetSpoken(e, hopMs);

    public void Failed(SentenceFailed e) => Find(e)?.SetFailed(e.Code);

    public void Animated(SentenceAnimated e) => Find(e)?.SetAnimated(e);

    internal void Forget(SentenceKey key) => expected.TryRemove(key, out _);

    private ExpectedSentence? Find(ITurnEvent e) =>
        expected.TryGetValue(new(e.Session, e.Turn, e.Sequence), out var sentence) ? sentence : null;
}

/// <summary>A sentence whose voice and face are awaited. Disposed when it is played or given up.</summary>
internal sealed class ExpectedSentence(SentenceIntake intake, SentenceKey key) : IDisposable
{
    private readonly TaskCompletionSource<SentenceSpoken?> spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SentenceAnimated> animated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The voice; null when there will be none.</summary>
    public Task<SentenceSpoken?> Spoken => spoken.Task;

    public Task<SentenceAnimated> Animated => animated.Task;

    /// <summary>Why there is no voice, once <see cref="Spoken"/> is null.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>How long the voice's event was on the broker.</summary>
    public double? HopMs { get; private set; }

    /// <summary>When its voice was ordered, in ticks of the clock.</summary>
    public long OrderedAt { get; set; }

    public void SetSpoken(SentenceSpoken e, double? hopMs)
    {
        HopMs ??= hopMs;
        spoken.TrySetResult(e);
    }

    public void SetFailed(string code)
    {
        FailureCode ??= code;
        spoken.TrySetResult(null);
    }

    public void SetAnimated(SentenceAnimated e) => animated.TrySetResult(e);

    public void Dispose() => intake.Forget(key);
}
