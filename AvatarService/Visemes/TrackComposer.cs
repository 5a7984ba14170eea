using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AvatarService.Visemes;

/// <summary>
/// Makes a sentence's viseme track of its phones: one shape at a time, each with the moment at which the mouth reaches it.
/// <code>phones ─► targets ─► pauses ─► short ones weaker ─► lips round early ─► minimum hold ─► merge ─► track</code>
/// The track begins and ends with a closed mouth; what the lips must show (p b m f v) is never dropped nor weakened.
/// </summary>
internal static class TrackComposer
{
    // Below this a silence is part of the articulation; above it the mouth closes.
    private const double PauseSeconds = 0.08;

    // Where the mouth starts to open when speech begins with the first sample.
    private const double OpeningSeconds = 0.02;

    /// <summary>Throws <see cref="ClientException"/> when no phone asks for an open mouth: a track of silence is never a face for a sound.</summary>
    public static IReadOnlyList<TimedViseme> Compose(IReadOnlyList<TimedPhone> phones, int sampleRate, long? totalSamples)
    {
        var shapes = Targets(phones, sampleRate);
        if (shapes.All(s => s.Viseme == Viseme.Sil))
        {
            throw new ClientException("no_phones", "The sentence has no phones that a mouth could follow.", 422);
        }

        Coarticulation.Weaken(shapes, sampleRate);
        Coarticulation.RoundEarly(shapes, sampleRate);
        Coarticulation.Hold(shapes, sampleRate);
        return Close(Merge(shapes), sampleRate, totalSamples);
    }

    private static List<MouthShape> Targets(IReadOnlyList<TimedPhone> phones, int sampleRate)
    {
        var shapes = new List<MouthShape>();
        long? waiting = null;
        foreach (var phone in phones.Where(p => p.EndSample > p.StartSample))
        {
            var targets = phone.Alphabet == "espeak" ? EspeakMnemonics.Targets(phone.Symbol) : Arpabet.Targets(phone.Symbol);
            // An unknown phone is some sound: the mouth stays a little open.
            targets ??= [new MouthTarget(Viseme.E, 0.3)];
            if (targets.Count == 0)
            {
                waiting ??= phone.StartSample;
                continue;
            }

            if (targets[0].Viseme == Viseme.Sil && phone.EndSample - phone.StartSample < PauseSeconds * sampleRate && shapes.Count > 0 && shapes[^1].Viseme != Viseme.Sil)
            {
                shapes[^1].End = phone.EndSample;
                continue;
            }

            var at = (double)(targets[0].Viseme == Viseme.Sil ? phone.StartSample : waiting ?? phone.StartSample);
            waiting = null;
            var length = phone.EndSample - at;
            foreach (var target in targets)
            {
                var end = at + (length * target.Share);
                shapes.Add(new MouthShape(target.Viseme, target.Weight, (long)at, (long)end));
                at = end;
            }
        }

        return shapes;
    }

    private static List<MouthShape> Merge(List<MouthShape> shapes)
    {
        var merged = new List<MouthShape>();
        foreach (var shape in shapes)
        {
            if (merged.Count > 0 && merged[^1].Viseme == shape.Viseme)
            {
                merged[^1].End = shape.End;
                merged[^1].Weight = Math.Max(merged[^1].Weight, shape.Weight);
            }
            else
            {
                merged.Add(shape);
            }
        }

        return merged;
    }

    private static List<TimedViseme> Close(List<MouthShape> shapes, int sampleRate, long? totalSamples)
    {
        var track = new List<TimedViseme>();
        if (shapes[0].Viseme != Viseme.Sil)
        {
            track.Add(new TimedViseme(0, Viseme.Sil.Id, 1));
            shapes[0].Start = Math.Max(shapes[0].Start, (long)(OpeningSeconds * sampleRate));
        }
        else
        {
            shapes[0].Start = 0;
        }

        track.AddRange(shapes.Select(s => new TimedViseme(s.Start, s.Viseme.Id, Math.Round(s.Weight, 2))));
        if (shapes[^1].Viseme != Viseme.Sil)
        {
            track.Add(new TimedViseme(Math.Min(shapes[^1].End, totalSamples ?? long.MaxValue), Viseme.Sil.Id, 1));
        }

        return track;
    }
}
