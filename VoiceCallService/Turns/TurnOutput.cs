using System.Text.Json;
using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.Contracts.Speech;
using Museum.Text.V1;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Turns;

/// <summary>Writes a turn to its client: counts both streams, leaves out what the client did not ask for, marks every frame with the turn for the fence.</summary>
internal sealed class TurnOutput(Turn turn, Outbox outbox)
{
    private readonly EqualPrefix said = new(turn.Record.Text);
    private readonly List<int> unsupported = [];
    private NextStop? nextStop;
    private int textSeq = turn.Record.TextSeq;
    private int voiceSeq = turn.Record.VoiceSeq;

    public Task StartedAsync() => PassAsync(() =>
    {
        outbox.Log?.Begin(turn);
        return turn.Session.Wants(Features.SpeechEvents)
            ? SendNowAsync(MessageTypes.TurnStarted, new TurnStartedPayload { TurnId = turn.Id, RequestId = turn.RequestId })
            : Task.CompletedTask;
    });

    public Task TextAsync(string text, int sequence) => PassAsync(() =>
    {
        turn.Times.FirstTextMs ??= turn.ElapsedMs;
        text = said.Rest(text);
        return text.Length == 0 ? Task.CompletedTask : SendNowAsync(MessageTypes.Response, Response(new ResponseContent { Text = text }, sequence) with { TextStreamSeq = textSeq++ });
    });

    /// <summary>Passes the fence too, since it carries nothing of the answer: so it is sent exactly once, whatever happens to the turn.</summary>
    public Task TextEndAsync() => turn.TextEnded ? Task.CompletedTask : PassAsync(async () =>
    {
        said.End();
        await outbox.SendAsync(MessageTypes.Response, Response(new ResponseContent()) with { TextStreamSeq = -1 }, turn.Cancelled);
        turn.TextEnded = true;
    });

    public Task VoiceEndAsync() => SendAsync(MessageTypes.Response, Response(new ResponseContent()) with { VoiceStreamSeq = -1 });

    /// <summary>To be spoken; kept, so that another replica can have it spoken.</summary>
    public Task SentenceAsync(Sentence sentence)
    {
        if (sentence.Unsupported)
        {
            unsupported.Add(sentence.Sequence);
        }

        return PassAsync(() =>
        {
            outbox.Log?.AddSentence(turn.Id, new WrittenSentence(sentence.Sequence, sentence.Text, sentence.Language));
            return Task.CompletedTask;
        });
    }

    public Task FunctionCallAsync(FunctionCall call) => SendAsync(MessageTypes.Response, Response(new ResponseContent()) with
    {
        FunctionCall = new FunctionCallPayload { Name = call.Name, CallId = call.CallId, Parameters = JsonSerializer.Deserialize<JsonElement>(call.ArgumentsJson) },
    });

    public Task SourcesAsync(Museum.Text.V1.Sources sources) => turn.Record is { IsContinued: true, SourcesTold: true } ? Task.CompletedTask : SendIfAsync(Features.Sources, MessageTypes.Sources, new SourcesPayload
    {
        TurnId = turn.Id,
        Exhibits = [.. sources.Exhibits.Select(e => new ExhibitSource(e.Id, e.Title, e.Quote, e.Score, e.Hall > 0 ? e.Hall : null, e.Passages.Count > 1 ? [.. e.Passages] : null))],
        UnsupportedSentences = unsupported.Count > 0 ? unsupported : null,
    });

    /// <summary>Where the visit stands: said with the suggestions that follow.</summary>
    public void Tour(Museum.Text.V1.Tour tour) => nextStop = tour.Next.Count == 0 ? null
        : new NextStop(tour.Next[0].ExhibitId, tour.Next[0].Title, tour.Next[0].Hall, tour.Next[0].HallName, tour.Next[0].Invitation, tour.Propose);

    public Task SuggestionsAsync(Museum.Text.V1.Suggestions suggestions) =>
        turn.Record is { IsContinued: true, SuggestionsTold: true } ? Task.CompletedTask : SendIfAsync(Features.Suggestions, MessageTypes.Suggestions, new SuggestionsPayload { TurnId = turn.Id, Questions = [.. suggestions.Questions.Take(3)], NextStop = nextStop });

    /// <summary>A piece of a sentence's sound, as a binary frame or as base64, whichever the client asked for.</summary>
    public Task SoundAsync(Sentence sentence, SoundPiece piece, IReadOnlyList<TimedWord> words)
    {
        if (turn.Times.FirstAudioMs is null)
        {
            turn.Times.FirstAudioMs = turn.ElapsedMs;
            (turn.IsSpokenQuestion ? turn.Session.Answered : null)?.Invoke(TimeSpan.FromMilliseconds(turn.ElapsedMs));
        }

        if (!turn.Session.Wants(Features.BinaryAudio))
        {
            return piece.Pcm.IsEmpty
                ? Task.CompletedTask
                : SendAsync(MessageTypes.Response, Response(new ResponseContent { Voice = Convert.ToBase64String(piece.Pcm.Span) }, sentence.Sequence) with { VoiceStreamSeq = voiceSeq++ });
        }

        var meta = new AudioMetaPayload
        {
            TurnId = turn.Id,
            Sequence = sentence.Sequence,
            Size = piece.Pcm.Length,
            DurationMs = piece.Duration.TotalMilliseconds,
            Text = sentence.Text,
            SampleRate = piece.SampleRate,
            StartMs = piece.StartSample * 1000d / piece.SampleRate,
            Last = piece.Last,
            Words = piece.StartSample > 0 ? null : [.. words.Select(w => new SpokenWord(w.Text, Ms(w.StartSample, piece.SampleRate), Ms(w.EndSample, piece.SampleRate)))],
        };
        return outbox.SendAsync(MessageTypes.AudioMeta, meta, turn.Cancelled, turn.Id, piece.Pcm).AsTask();
    }

    public Task FaceAsync(SentenceAnimated face)
    {
        turn.Times.FirstFaceMs ??= turn.ElapsedMs;
        return SendIfAsync(Features.AvatarTrack, MessageTypes.AvatarTrack, new AvatarTrackPayload
        {
            TurnId = turn.Id,
            Sequence = face.Sequence,
            Visemes = [.. face.Visemes.Select(v => new TrackViseme(Ms(v.StartSample, face.SampleRate), v.Id, v.Weight))],
            Expression = face.Expression,
            Action = face.Action,
        });
    }

    public async Task EndedAsync()
    {
        await SendIfAsync(Features.SpeechEvents, MessageTypes.TurnEnded, new TurnEndedPayload { TurnId = turn.Id, Interrupted = false });
        await SendIfAsync(Features.Metrics, MessageTypes.TurnMetrics, Metrics());
    }

    /// <summary>The last word on an interrupted turn; it passes the fence, since it carries nothing of the answer.</summary>
    public async Task InterruptedAsync(string reason, string heard, CancellationToken cancellationToken)
    {
        var end = Response(new ResponseContent()) with
        {
            TextStreamSeq = turn.TextEnded ? null : -1,
            VoiceStreamSeq = -1,
            Interrupted = true,
            InterruptReason = reason,
        };
        await outbox.SendAsync(MessageTypes.Response, end, cancellationToken);
        if (turn.Session.Wants(Features.SpeechEvents))
        {
            await outbox.SendAsync(MessageTypes.TurnEnded, new TurnEndedPayload { TurnId = turn.Id, Interrupted = true, HeardText = heard }, cancellationToken);
        }

        if (turn.Session.Wants(Features.Metrics))
        {
            await outbox.SendAsync(MessageTypes.TurnMetrics, Metrics(), cancellationToken);
        }
    }

    private TurnMetricsPayload Metrics() => new()
    {
        TurnId = turn.Id,
        EndOfTurnMs = turn.Times.EndOfTurnMs,
        TranscriptMs = turn.Times.TranscriptMs,
        FirstTextMs = turn.Times.FirstTextMs,
        FirstSentenceMs = turn.Times.FirstSentenceMs,
        FirstAudioMs = turn.Times.FirstAudioMs,
        BrokerHopMs = turn.Times.BrokerHopMs,
    };

    private static double Ms(long samples, int rate) => Math.Round(samples * 1000d / rate, 1);

    private ResponsePayload Response(ResponseContent content, int? sequence = null) => new()
    {
        RequestId = turn.RequestId,
        TurnId = turn.Id,
        Content = content,
        Sequence = sequence,
    };

    private Task SendIfAsync<T>(string feature, string type, T payload) =>
        turn.Session.Wants(feature) ? SendAsync(type, payload) : Task.CompletedTask;

    private Task SendAsync<T>(string type, T payload) => PassAsync(() => SendNowAsync(type, payload));

    private Task SendNowAsync<T>(string type, T payload) => outbox.SendAsync(type, payload, turn.Cancelled, turn.Id).AsTask();

    private Task PassAsync(Func<Task> send) => turn.Hold.IsReleased ? send() : turn.Hold.PassAsync(send, turn.Cancelled);
}
