using System.Threading.Channels;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.Text.V1;

namespace Museum.VoiceCallService.Turns;

/// <summary>Plays one ordered sentence of a turn after the other: waits for its voice, listens, paces, sends; the face as soon as it comes.</summary>
internal sealed class SpeechPlayer(Turn turn, TurnOutput output, SpeechOrders orders, SpeechParts parts, Pacer pacer, TimeProvider time)
{
    /// <summary>Of a voice that is said to be away, since it may just have come back: longer than any engine needs to its first sound.</summary>
    private static readonly TimeSpan PatienceWithNobody = TimeSpan.FromSeconds(2);

    /// <summary>A face that is not there so long after its sound went out is not wanted any more.</summary>
    private static readonly TimeSpan FaceGrace = TimeSpan.FromMilliseconds(100);

    public async Task PlayAsync(Sentence sentence, ExpectedSentence expected)
    {
        var spoken = await VoiceAsync(expected);
        orders.Settled(sentence);
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
            orders.OrderNoMore();
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
            orders.OrderNoMore();
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
}
