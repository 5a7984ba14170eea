using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Recognition;

/// <summary>What was said in a recording.</summary>
/// <param name="Provider">Who heard it; several, with commas, when one failed in the middle.</param>
internal sealed record Recording(string Text, string Language, double Confidence, bool LowConfidence, TimeSpan Duration, IReadOnlyList<HeardWord> Words, string Provider)
{
    /// <summary>Of the only segment; a recording of several has none as a whole.</summary>
    public IReadOnlyList<OtherReading> Alternatives { get; init; } = [];
}

/// <summary>Recognises a recording segment by segment, each with its place, and joins what was said.</summary>
internal sealed class Transcriber(Listener listener)
{
    /// <param name="request">What is wanted.</param>
    /// <param name="pcm">PCM16 mono at 16 kHz.</param>
    /// <param name="ct">Ends it within a chunk.</param>
    public async Task<Recording> TranscribeAsync(RecognitionRequest request, ReadOnlyMemory<short> pcm, CancellationToken ct)
    {
        var segments = SpeechSegments.Of(pcm.Span);
        if (segments.Count == 0)
        {
            throw new ClientException("audio_silent", "Nobody speaks in the audio.", 422);
        }

        var finals = new List<(SpeechSegment Segment, Transcript Transcript)>();
        foreach (var segment in segments)
        {
            await foreach (var transcript in listener.RecognizeAsync(request, Once(pcm[segment.Start..segment.End]), Transcript.SampleRate, ct))
            {
                if (transcript.IsFinal)
                {
                    finals.Add((segment, transcript));
                }
            }
        }

        return Join(finals, request, TimeSpan.FromSeconds((double)pcm.Length / Transcript.SampleRate));
    }

    private static Recording Join(List<(SpeechSegment Segment, Transcript Transcript)> finals, RecognitionRequest request, TimeSpan duration)
    {
        var words = new List<HeardWord>();
        var texts = new List<string>();
        foreach (var (segment, transcript) in finals)
        {
            var placed = transcript.Words.Select(w => w with { StartSample = w.StartSample + segment.Start, EndSample = w.EndSample + segment.Start }).ToList();
            if (segment.Continues && words.Count > 0)
            {
                // Both segments hear the overlap; each word counts where it is not cut off, on its side of the middle.
                var middle = (segment.Start + Math.Min(segment.End, words[^1].EndSample)) / 2;
                words.RemoveAll(w => Centre(w) >= middle && Centre(w) >= segment.Start);
                placed.RemoveAll(w => Centre(w) < middle);
                texts = [string.Join(' ', words.Select(w => w.Text))];
                texts.Add(string.Join(' ', placed.Select(w => w.Text)));
            }
            else
            {
                texts.Add(transcript.Text);
            }

            words.AddRange(placed);
        }

        var heard = finals.Where(f => f.Transcript.Text.Length > 0).Select(f => f.Transcript).ToList();
        var length = heard.Sum(t => t.Text.Length);
        return new Recording(
            string.Join(' ', texts.Where(t => t.Length > 0)),
            request.Language,
            length == 0 ? 0 : heard.Sum(t => t.Confidence * t.Text.Length) / length,
            heard.Count == 0 || heard.Exists(t => t.LowConfidence),
            duration,
            words,
            string.Join(", ", finals.Select(f => f.Transcript.Provider).Distinct()))
        {
            Alternatives = heard is [var only] ? only.Alternatives : [],
        };
    }

    private static long Centre(HeardWord word) => (word.StartSample + word.EndSample) / 2;

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Once(ReadOnlyMemory<short> pcm)
    {
        await Task.CompletedTask;
        yield return pcm;
    }
}
