using System.Text.Json.Serialization;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// How far a turn has come, told by what it has sent: so that another replica can go on with it. It goes into the store together with the
/// messages it was told by, never ahead of them or behind.
/// </summary>
internal sealed class TurnRecord
{
    /// <summary>Heard to its end.</summary>
    private const double Whole = 1e9;

    private (int Sequence, double Milliseconds)? heardBefore;

    public long TurnId { get; set; }
    public string RequestId { get; set; } = "";
    public string Question { get; set; } = "";
    public bool WantsVoice { get; set; }
    public bool EnableSrs { get; set; }

    /// <summary>All the text that was sent of the answer.</summary>
    public string Text { get; set; } = "";

    /// <summary>The next numbers of both streams.</summary>
    public int TextSeq { get; set; }
    public int VoiceSeq { get; set; }
    public bool TextEnded { get; set; }

    /// <summary>Nothing of the answer follows.</summary>
    public bool VoiceEnded { get; set; }
    public bool Interrupted { get; set; }

    /// <summary>TURN_ENDED was sent.</summary>
    public bool EndTold { get; set; }
    public bool SourcesTold { get; set; }
    public bool SuggestionsTold { get; set; }

    /// <summary>A function was called at the client: the model that waits for its result is gone with its holder.</summary>
    public bool FunctionCalled { get; set; }
    public List<WrittenSentence> Sentences { get; set; } = [];

    /// <summary>Milliseconds of each sentence that went out.</summary>
    public Dictionary<int, double> Paced { get; set; } = [];

    /// <summary>Milliseconds of each sentence that the client says were heard; where it says so, nothing else counts.</summary>
    public Dictionary<int, double> Played { get; set; } = [];

    /// <summary>This holder took the turn over from another.</summary>
    [JsonIgnore]
    public bool IsContinued { get; set; }

    /// <summary>Up to where the client says that it has the sound; null: it does not say.</summary>
    [JsonIgnore]
    public SoundPoint? Received { get; set; }

    /// <summary>Where the voice goes on: the sentence, and how much of it was heard.</summary>
    private (int Sequence, double Milliseconds) HeardTo()
    {
        if (Received is { } received)
        {
            return received.TurnId == TurnId ? (received.Sequence, received.EndMs) : (0, 0);
        }

        var heard = Played.Count > 0 ? Played : Paced;
        if (heard.Count == 0)
        {
            return (0, 0);
        }

        var last = heard.Keys.Max();
        return heard[last] >= Whole ? (last + 1, 0) : (last, heard[last]);
    }

    /// <summary>Whether a new holder has anything left to say.</summary>
    public bool IsUnfinished(ClientSession session) => TurnId > 0 && !Interrupted && !(VoiceEnded && (EndTold || !session.Wants(Features.SpeechEvents)));

    /// <summary>Milliseconds of a sentence that were heard before this holder took over; nothing of them is said again.</summary>
    public double HeardMs(int sequence) => heardBefore is not var (last, milliseconds) || sequence > last ? 0 : sequence < last ? Whole : milliseconds;

    public bool WasHeard(int sequence) => HeardMs(sequence) >= Whole;

    /// <summary>What was heard before stays heard.</summary>
    public void Restore(Turn into)
    {
        IsContinued = true;
        heardBefore = HeardTo();
        foreach (var sentence in Sentences)
        {
            into.Heard.Shown(sentence.Sequence, sentence.Text);
            if (WasHeard(sentence.Sequence))
            {
                into.WasSpoken = true;
                into.Heard.Voiced(sentence.Sequence, [], 16_000);
                into.Heard.Played(sentence.Sequence, 0, finished: true);
            }
        }
    }

    /// <returns>The store should know soon.</returns>
    public bool Apply<T>(T payload)
    {
        switch (payload)
        {
            case ResponsePayload response when response.TurnId == TurnId:
                Apply(response);
                return true;
            case SourcesPayload told when told.TurnId == TurnId:
                return SourcesTold = true;
            case SuggestionsPayload told when told.TurnId == TurnId:
                return SuggestionsTold = true;
            case TurnEndedPayload ended when ended.TurnId == TurnId:
                return EndTold = true;
            case AudioMetaPayload sound when sound.TurnId == TurnId:
                Paced[sound.Sequence] = sound.Last ? Whole : sound.StartMs + sound.DurationMs;
                return sound.Last;
            default:
                return false;
        }
    }

    public void Apply(PlaybackPayload playback) => Played[playback.Sequence] =
        Math.Max(Played.GetValueOrDefault(playback.Sequence), playback.State == "finished" ? Whole : playback.PlayedMs);

    private void Apply(ResponsePayload response)
    {
        Text += response.Content.Text;
        TextSeq = response.TextStreamSeq is { } text and >= 0 ? text + 1 : TextSeq;
        VoiceSeq = response.VoiceStreamSeq is { } voice and >= 0 ? voice + 1 : VoiceSeq;
        TextEnded |= response.TextStreamSeq == -1;
        VoiceEnded |= response.VoiceStreamSeq == -1;
        Interrupted |= response.Interrupted;
        FunctionCalled |= response.FunctionCall is not null;
        if (response.Content.Voice is not null && response.Sequence is { } sequence)
        {
            Paced[sequence] = 0;
        }
    }
}

/// <summary>A sentence of an answer, to be spoken.</summary>
internal sealed record WrittenSentence(int Sequence, string Text, string Language);
