using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Turns;
using Museum.Contracts.Protocol;

namespace Museum.AudioService.Http;

/// <summary>A turn as one JSON.</summary>
/// <param name="Transcript">What was heard.</param>
/// <param name="Answer">What the guide says.</param>
/// <param name="Sources">The exhibits that it stands on.</param>
/// <param name="Suggestions">What to ask next, at most three.</param>
/// <param name="Audio">The answer's sound; absent where nobody could say it.</param>
internal sealed record ProcessResponse(
    SttResponse Transcript, ProcessAnswer Answer, IReadOnlyList<ExhibitSource> Sources, IReadOnlyList<string> Suggestions, ProcessAudio? Audio)
{
    public static async Task<ProcessResponse> OfAsync(Recording heard, IAsyncEnumerable<TurnPart> parts, Delivery delivery, SoundFiles files, CancellationToken ct)
    {
        var sentences = new List<ProcessSentence>();
        var pcm = new List<short>();
        var (text, answer) = ("", new ProcessAnswer("", heard.Language, false, "", "", []));
        IReadOnlyList<ExhibitSource> sources = [];
        IReadOnlyList<string> suggestions = [];
        await foreach (var part in parts.WithCancellation(ct))
        {
            switch (part)
            {
                case TurnPart.Written written:
                    text += written.Value;
                    break;
                case TurnPart.Spoken spoken:
                    var sound = await spoken.Sound.WaitAsync(ct);
                    var start = pcm.Count;
                    pcm.AddRange(sound is null ? [] : (await sound.PcmAsync(delivery.Volume, ct)).Span);
                    sentences.Add(new ProcessSentence(
                        spoken.Sentence.Sequence, spoken.Sentence.Text, spoken.Sentence.Language, sound?.Provider, Milliseconds(start, delivery), Milliseconds(pcm.Count, delivery)));
                    break;
                case TurnPart.Founded founded:
                    sources = [.. founded.Exhibits.Select(e => new ExhibitSource(e.Id, e.Title, e.Quote, e.Score))];
                    break;
                case TurnPart.Suggested suggested:
                    suggestions = suggested.Questions;
                    break;
                case TurnPart.Finished { Done: var done }:
                    answer = new ProcessAnswer("", done.Language, done.Grounded, done.Composer, done.ContentVersion, []);
                    break;
            }
        }

        return new ProcessResponse(
            SttResponse.Of(heard),
            answer with { Text = text.Trim(), Sentences = sentences },
            sources,
            suggestions,
            pcm.Count == 0 ? null : new ProcessAudio(
                delivery.Format.ContentType, delivery.SampleRate, Milliseconds(pcm.Count, delivery), await files.EncodeAsync(delivery.Format, delivery.SampleRate, pcm.ToArray(), ct)));
    }

    private static long Milliseconds(int samples, Delivery delivery) => samples * 1000L / delivery.SampleRate;
}

/// <param name="Grounded">False: the content does not say, and the answer says so.</param>
/// <param name="Composer"><c>extraction</c> or the model's name.</param>
internal sealed record ProcessAnswer(string Text, string Language, bool Grounded, string Composer, string ContentVersion, IReadOnlyList<ProcessSentence> Sentences);

/// <param name="Provider">What spoke it; absent: nobody could, and its text has to do.</param>
/// <param name="StartMs">Its place in the sound.</param>
internal sealed record ProcessSentence(int Sequence, string Text, string Language, string? Provider, long StartMs, long EndMs);

/// <param name="Data">Base64.</param>
internal sealed record ProcessAudio(string ContentType, int SampleRate, long DurationMs, byte[] Data);
