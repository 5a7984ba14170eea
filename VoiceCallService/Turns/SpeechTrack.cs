using System.Threading.Channels;
using Museum.Text.V1;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// The voice of one turn. Sentences go in as they are written; each is published to be spoken at most two ahead of the one being played,
/// and played in order, paced. A sentence without a voice is left to its text.
/// <code>
/// Add ─► written ─► SpeechOrders (≤ 2 ahead) ─► ordered ─► SpeechPlayer
/// </code>
/// </summary>
internal sealed class SpeechTrack : IDisposable
{
    /// <summary>One that is played and two ahead of it (architecture.md, voice turn, 5).</summary>
    private const int InFlight = 3;

    // An answer is seldom longer than ten sentences. The words never wait for the voice: what comes beyond 256 is left to its text.
    private readonly Channel<Sentence> written = Channel.CreateBounded<Sentence>(256);
    private readonly Channel<(Sentence Sentence, ExpectedSentence Expected)> ordered = Channel.CreateBounded<(Sentence, ExpectedSentence)>(InFlight);
    private readonly SemaphoreSlim room = new(InFlight);
    private readonly CancellationTokenSource stop;
    private readonly Turn turn;
    private readonly SentenceIntake intake;
    private readonly SpeechOrders orders;
    private readonly SpeechPlayer player;

    public SpeechTrack(Turn turn, TurnOutput output, SpeechParts parts, TimeProvider time)
    {
        (this.turn, intake) = (turn, parts.Intake);
        stop = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled);
        var pacer = new Pacer(time, parts.Pacing, turn.Pause);
        orders = new SpeechOrders(turn, parts, pacer, time);
        player = new SpeechPlayer(turn, output, orders, parts, pacer, time);
    }

    public void Add(Sentence sentence)
    {
        if (!turn.Record.WasHeard(sentence.Sequence))
        {
            written.Writer.TryWrite(sentence);
        }
    }

    public void Complete() => written.Writer.TryComplete();

    public async Task RunAsync()
    {
        var publishing = PublishAsync();
        try
        {
            await foreach (var (sentence, expected) in ordered.Reader.ReadAllAsync(stop.Token))
            {
                using (expected)
                {
                    await player.PlayAsync(sentence, expected);
                }

                room.Release();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await publishing;
            while (ordered.Reader.TryRead(out var left))
            {
                left.Expected.Dispose();
            }
        }
    }

    public void Dispose()
    {
        room.Dispose();
        stop.Dispose();
    }

    private async Task PublishAsync()
    {
        try
        {
            await foreach (var sentence in written.Reader.ReadAllAsync(stop.Token))
            {
                await room.WaitAsync(stop.Token);
                var expected = intake.Expect(new(turn.Session.Id, turn.Id, sentence.Sequence));
                try
                {
                    await orders.OrderAsync(sentence, expected, stop.Token);
                    await ordered.Writer.WriteAsync((sentence, expected), stop.Token);
                    // Of what may be thrown away only the first sentence is made: it is what the visitor would wait for.
                    await turn.Hold.Released.WaitAsync(stop.Token);
                }
                catch (OperationCanceledException)
                {
                    expected.Dispose();
                    throw;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, or nothing is played any more: what was expected is given up with the turn.
        }
        finally
        {
            ordered.Writer.TryComplete();
        }
    }
}
