using Grpc.Core;
using Museum.Contracts.Events;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// Lets each sentence of a turn through once, and none of a turn that was interrupted. Redelivered events, and those that
/// overtake each other, change nothing: interruptions count by maximum, sentences by (session, turn, sequence, epoch).
/// </summary>
public sealed class SentenceGate
{
    // Sentences of half a minute in which the broker may deliver again, at 100 calls with two sentences a second.
    private const int RememberedSentences = 8_192;

    // Sessions with a turn in the last minutes, many times over; an older interruption has nothing left to stop.
    private const int RememberedSessions = 4_096;

    private readonly Lock sync = new();
    private readonly HashSet<Key> sentences = [];
    private readonly Queue<Key> sentenceOrder = new();
    private readonly Dictionary<string, long> interrupted = [];
    private readonly Queue<string> sessionOrder = new();
    private readonly HashSet<Pass> inside = [];

    /// <summary>
    /// Does the work of a sentence, unless it was done before or its turn is interrupted. The work's token is cancelled by an interruption;
    /// work that fails may be tried again by a second delivery.
    /// </summary>
    public async Task RunAsync(ITurnEvent sentence, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pass = new Pass(sentence, stop);
        if (!TryEnter(pass))
        {
            return;
        }

        var failed = true;
        try
        {
            await work(stop.Token);
            failed = false;
        }
        catch (Exception e) when (IsCancellation(e) && stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Interrupted: nobody waits for it any more.
            failed = false;
        }
        finally
        {
            Leave(pass, failed);
        }
    }

    /// <summary>Every sentence of the session up to this turn is stopped, and those still to come are not let in.</summary>
    public void Interrupt(TurnInterrupted interruption)
    {
        lock (sync)
        {
            if (!interrupted.TryGetValue(interruption.Session, out var through))
            {
                sessionOrder.Enqueue(interruption.Session);
                if (sessionOrder.Count > RememberedSessions)
                {
                    interrupted.Remove(sessionOrder.Dequeue());
                }
            }

            interrupted[interruption.Session] = Math.Max(through, interruption.ThroughTurn);
            foreach (var pass in inside.Where(pass => IsInterrupted(pass.Sentence)))
            {
                // Its callbacks must not run under the lock.
                _ = pass.Stop.CancelAsync();
            }
        }
    }

    /// <summary>gRPC tells it by a status.</summary>
    private static bool IsCancellation(Exception e) => e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };

    private bool TryEnter(Pass pass)
    {
        lock (sync)
        {
            if (IsInterrupted(pass.Sentence) || !sentences.Add(pass.Key))
            {
                return false;
            }

            sentenceOrder.Enqueue(pass.Key);
            if (sentenceOrder.Count > RememberedSentences)
            {
                sentences.Remove(sentenceOrder.Dequeue());
            }

            return inside.Add(pass);
        }
    }

    private void Leave(Pass pass, bool again)
    {
        lock (sync)
        {
            inside.Remove(pass);
            if (again)
            {
                sentences.Remove(pass.Key);
            }
        }
    }

    private bool IsInterrupted(ITurnEvent sentence) => interrupted.TryGetValue(sentence.Session, out var through) && sentence.Turn <= through;

    private readonly record struct Key(string Session, long Turn, int Sequence, long Epoch);

    private sealed record Pass(ITurnEvent Sentence, CancellationTokenSource Stop)
    {
        public Key Key { get; } = new(Sentence.Session, Sentence.Turn, Sentence.Sequence, Sentence.Epoch);
    }
}
