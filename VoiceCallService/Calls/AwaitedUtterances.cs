namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Utterances that are over and whose final transcripts are awaited, in the order in which they were spoken: the answer to an older one
/// must not take the place of a newer one's.
/// </summary>
internal sealed class AwaitedUtterances(TimeProvider time) : IDisposable
{
    /// <summary>The guide does not stand still for longer; whose words become clear later may still interrupt it.</summary>
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromMilliseconds(1_200);

    // A second hearing of one takes 2 s, in which nobody says more than a few.
    private readonly Queue<CallUtterance> finishing = new();

    /// <summary>The words of every one of them are long in coming.</summary>
    public bool AreLate => finishing.All(u => time.GetElapsedTime(u.EndedAt) > PatienceForWords);

    public void Add(CallUtterance utterance) => finishing.Enqueue(utterance);

    /// <returns>The oldest, if its transcript is there.</returns>
    public CallUtterance? NextReady() => finishing.TryPeek(out var oldest) && oldest.IsReady ? finishing.Dequeue() : null;

    public void Dispose()
    {
        while (finishing.TryDequeue(out var utterance))
        {
            utterance.Dispose();
        }
    }
}
