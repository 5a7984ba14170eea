using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.Text.V1;
using Museum.VoiceCallService.Status;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// The voice of one turn. Sentences go in as they are written; each is published to be spoken at most two ahead of the one being played,
/// and played in order, paced. A sentence without a voice is left to its text.
/// <code>
/// AddAsync ─► written ─► publish (≤ 2 ahead) ─► ordered ─► play: wait for the voice, listen, pace, send; the face as soon as it comes
/// </code>
/// </summary>
internal sealed class SpeechTrack(Turn turn, TurnOutput output, SpeechParts parts, TimeProvider time) : IDisposable
{
    /// <summary>One that is played and two ahead of it (architecture.md, voice turn, 5).</summary>
    private const int InFlight = 3;

    /// <summary>Of a voice that is said to be away, since it may just have come back: longer than any engine needs to its first sound.</summary>
    private static readonly TimeSpan PatienceWithNobody = TimeSpan.FromSeconds(2);

    /// <summary>A face that is not there so long after its sound went out is not wanted any more.</summary>
    private static readonly TimeSpan FaceGrace = TimeSpan.FromMilliseconds(100);

    // An answer is seldom longer than ten sentences. The words never wait for the voice: what comes beyond 256 is left to its text.
    private readonly Channel<Sentence> written = Channel.CreateBounded<Sentence>(256);
    private readonly Channel<(Sentence Sentence, ExpectedSentence Expected)> ordered = Channel.CreateBounded<(Sentence, ExpectedSentence)>(InFlight);
    private readonly Pacer pacer = new(time, parts.Pacing, turn.Pause);
    private readonly SemaphoreSlim room = new(InFlight);
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled);
    private readonly double rate = turn.Session.Voice.Rate;
    private volatile bool silent;

    // Ticks. Of the sentences that were ordered, and of whose sound nothing has gone out yet.
    private long stillToSay;

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
                    await PlayAsync(sentence, expected);
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
                var expected = parts.Intake.Expect(new(turn.Session.Id, turn.Id, sentence.Sequence));
                try
                {
                    await OrderVoiceAsync(sentence, expected);
                    Interlocked.Add(ref stillToSay, LeastTimeOf(sentence));
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

    private async Task OrderVoiceAsync(Sentence sentence, ExpectedSentence expected)
    {
        if (silent)
        {
            expected.SetFailed("voice_away");
            return;
        }

        try
        {
            expected.OrderedAt = time.GetTimestamp();
            await parts.Publisher.PublishAsync(Compose(sentence), stop.Token);
        }
        catch (DependencyException e) when (e.Code == IEventPublisher.Unconfirmed)
        {
            // A busy broker may have it all the same: it is waited for.
        }
        catch (DependencyException e)
        {
            expected.SetFailed(e.Code);
        }
    }

    private async Task PlayAsync(Sentence sentence, ExpectedSentence expected)
    {
        var spoken = await VoiceAsync(expected);
        Interlocked.Add(ref stillToSay, -LeastTimeOf(sentence));
        turn.Times.VoiceTtfbMs ??= spoken is null ? null : time.GetElapsedTime(expected.OrderedAt).TotalMilliseconds;
        turn.Hold.TellPrepared();
        await turn.Hold.Released.WaitAsync(turn.Cancelled);
        if (spoken is null)
        {
            parts.Telemetry.Unvoiced(turn, sentence.Sequence, expected.FailureCode);
            return;
        }

        turn.WasSpoken = true;
        turn.Times.BrokerHopMs ??= expected.HopMs;
        turn.Heard.Voiced(sentence.Sequence, spoken.Words, spoken.SampleRate);
        using var faceWanted = CancellationTokenSource.CreateLinkedTokenSource(turn.Cancelled);
        var face = SendFaceAsync(expected, faceWanted.Token);
        await SendSoundAsync(sentence, spoken);
        faceWanted.CancelAfter(FaceGrace);
        await face;
    }

    private async Task SendSoundAsync(Sentence sentence, SentenceSpoken spoken)
    {
        var sent = 0L;
        var heardMs = turn.Record.HeardMs(sentence.Sequence);
        try
        {
            var token = await turn.Session.Token.GetAsync(turn.Cancelled);
            // What is said within the turn's time may be played after it.
            var budget = turn.Budget.Left > SoundSource.Patience ? turn.Budget : null;
            await using var sound = await parts.Sound.ListenAsync(spoken, token, budget, turn.Cancelled);
            await foreach (var piece in sound)
            {
                if (piece.EndMs <= heardMs)
                {
                    continue;
                }

                var soundsAt = await pacer.WaitAsync(piece.Duration, turn.Cancelled);
                turn.Session.Played?.Invoke(piece, soundsAt);
                await output.SoundAsync(sentence, piece, spoken.Words);
                sent = piece.StartSample + (piece.Pcm.Length / 2);
                turn.Heard.PacedTo(sentence.Sequence, sent * 1000d / piece.SampleRate);
            }
        }
        catch (Exception e) when (e is not ChannelClosedException && !turn.Cancelled.IsCancellationRequested)
        {
            // The replica that spoke is gone, perhaps in mid-sentence: the text is there, the rest of the voice is not.
            silent = true;
            parts.Telemetry.Unvoiced(turn, sentence.Sequence, ErrorInfo.Of(e).Code);
            await output.SoundAsync(sentence, new SoundPiece(default, spoken.SampleRate, sent, Last: true), spoken.Words);
        }
    }

    private async Task<SentenceSpoken?> VoiceAsync(ExpectedSentence expected)
    {
        try
        {
            // A voice that is there but cold, or late on a busy machine, is better late than never.
            var patience = parts.Status.HasVoice ? parts.Pacing.CurrentValue.VoicePatience : PatienceWithNobody;
            return await expected.Spoken.WaitAsync(patience, time, turn.Cancelled);
        }
        catch (TimeoutException)
        {
            // Nobody speaks: the rest of the answer does not wait as long again for each of its sentences.
            silent = true;
            expected.SetFailed("sentence_deadline");
            return null;
        }
    }

    private async Task SendFaceAsync(ExpectedSentence expected, CancellationToken wanted)
    {
        try
        {
            await output.FaceAsync(await expected.Animated.WaitAsync(wanted));
        }
        catch (OperationCanceledException) when (wanted.IsCancellationRequested)
        {
            // Too late, or interrupted: the fence would not let it pass anyway.
        }
    }

    private long LeastTimeOf(Sentence sentence) => SpeakingTime.Of(sentence, rate).Ticks;

    private SentenceComposed Compose(Sentence sentence)
    {
        var neededBy = time.GetUtcNow() + pacer.Remaining + TimeSpan.FromTicks(Interlocked.Read(ref stillToSay));
        return new()
        {
            Holder = parts.Holder.Id,
            Epoch = turn.Session.Epoch,
            Session = turn.Session.Id,
            Turn = turn.Id,
            Sequence = sentence.Sequence,
            Text = sentence.Text,
            Language = sentence.Language,
            Voice = turn.Session.Voice.Name,
            Rate = turn.Session.Voice.Rate,
            Pitch = turn.Session.Voice.Pitch,
            Volume = turn.Session.Voice.Volume,
            Quality = turn.Session.Voice.Quality,
            SampleRate = turn.Session.Output.SampleRate,
            NeededBy = neededBy.ToUnixTimeMilliseconds(),
            GivenUpAt = (neededBy + parts.Pacing.CurrentValue.VoicePatience).ToUnixTimeMilliseconds(),
            Speculative = !turn.Hold.IsReleased,
            TraceParent = Activity.Current?.Id,
        };
    }
}

/// <summary>What a turn needs for its voice.</summary>
internal sealed record SpeechParts(SentenceIntake Intake, IEventPublisher Publisher, SoundSource Sound, HolderIdentity Holder, IOptionsMonitor<PacingOptions> Pacing, GuideStatus Status, TurnTelemetry Telemetry);
