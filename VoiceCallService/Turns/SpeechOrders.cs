using System.Diagnostics;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.Text.V1;

namespace Museum.VoiceCallService.Turns;

/// <summary>Orders the voice of a turn's sentences, and says when each will be needed: after what is played, and what was ordered before it.</summary>
internal sealed class SpeechOrders(Turn turn, SpeechParts parts, Pacer pacer, TimeProvider time)
{
    private readonly double rate = turn.Session.Voice.Rate;
    private volatile bool silent;

    // Ticks. Of the sentences that were ordered, and of whose sound nothing has gone out yet.
    private long stillToSay;

    /// <summary>Nobody speaks: the rest of the answer is left to its text.</summary>
    public void OrderNoMore() => silent = true;

    /// <summary>Its sound is there, or will never be.</summary>
    public void Settled(Sentence sentence) => Interlocked.Add(ref stillToSay, -LeastTimeOf(sentence));

    public async Task OrderAsync(Sentence sentence, ExpectedSentence expected, CancellationToken cancellationToken)
    {
        await TryOrderAsync(sentence, expected, cancellationToken);
        Interlocked.Add(ref stillToSay, LeastTimeOf(sentence));
    }

    private async Task TryOrderAsync(Sentence sentence, ExpectedSentence expected, CancellationToken cancellationToken)
    {
        if (silent)
        {
            expected.SetFailed("voice_away");
            return;
        }

        try
        {
            expected.OrderedAt = time.GetTimestamp();
            await parts.Publisher.PublishAsync(Compose(sentence), cancellationToken);
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
