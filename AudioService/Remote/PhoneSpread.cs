using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Remote;

/// <summary>
/// Spreads the phones of a local reading over the times at which a remote voice says the same words. Words are matched by their place in
/// the written text; where the two voices cut words differently, those that overlap are taken together.
/// <code>
/// local   [The][Starry  ][Night]     phones  dh ah | s t aa r iy | n ay t
/// remote  [The] [Starry Night   ]     spread  dh ah | s t aa r iy n ay t
/// </code>
/// </summary>
internal sealed class PhoneSpread(LocalReading reading)
{
    private readonly List<TimedWord> open = [];
    private int next;
    private long spokenUntil;

    /// <summary>The next remote word, in order of time; gives the phones of the words that are complete with it.</summary>
    public IReadOnlyList<TimedPhone> Add(TimedWord word)
    {
        var closed = open.Count > 0 && !Shares(open, word) ? Close() : [];
        open.Add(word);
        return closed;
    }

    public IReadOnlyList<TimedPhone> Finish() => open.Count > 0 ? Close() : [];

    /// <summary>For a voice that tells no words: the whole reading, stretched over what was heard.</summary>
    public (IReadOnlyList<TimedWord> Words, IReadOnlyList<TimedPhone> Phones) Over(long start, long end)
    {
        var spoken = reading.Phones.Where(p => !Pauses.Is(p)).ToArray();
        if (spoken.Length == 0 || end <= start)
        {
            return ([], []);
        }

        var map = new Stretch(spoken[0].StartSample, spoken[^1].EndSample, start, end);
        return (
            [.. reading.Words.Select(w => w with { StartSample = map.Of(w.StartSample), EndSample = map.Of(w.EndSample) }).Where(w => w.EndSample > w.StartSample)],
            [.. reading.Phones.Select(map.Of).Where(p => p.EndSample > p.StartSample)]);
    }

    // Two remote words belong together when one local word covers a part of both ("1889" here, "18" and "89" there).
    private bool Shares(List<TimedWord> group, TimedWord word) =>
        reading.Words.Skip(next).Any(local => Overlap(local, word) && group.Any(g => Overlap(local, g)));

    private List<TimedPhone> Close()
    {
        var (start, end) = (open[0].StartSample, open[^1].EndSample);
        var last = open[^1].TextStart + open[^1].TextLength;
        var locals = reading.Words.Skip(next).TakeWhile(local => local.TextStart < last).ToArray();
        next += locals.Length;
        locals = [.. locals.Where(local => open.Any(word => Overlap(local, word)))];
        open.Clear();
        if (locals.Length == 0)
        {
            return [];
        }

        var map = new Stretch(locals[0].StartSample, locals[^1].EndSample, start, end);
        var phones = new List<TimedPhone>();
        if (start > spokenUntil)
        {
            phones.Add(new TimedPhone("pau", "arpabet", spokenUntil, start));
        }

        phones.AddRange(reading.Phones
            .Where(p => p.StartSample >= locals[0].StartSample && p.StartSample < locals[^1].EndSample)
            .Select(map.Of)
            .Where(p => p.EndSample > p.StartSample));
        spokenUntil = phones[^1].EndSample;
        return phones;
    }

    private static bool Overlap(TimedWord a, TimedWord b) => a.TextStart < b.TextStart + b.TextLength && b.TextStart < a.TextStart + a.TextLength;

    private sealed record Stretch(long From, long Until, long Start, long End)
    {
        public long Of(long at) => Start + ((Math.Clamp(at, From, Until) - From) * (End - Start) / Math.Max(1, Until - From));

        public TimedPhone Of(TimedPhone phone) => phone with { StartSample = Of(phone.StartSample), EndSample = Of(phone.EndSample) };
    }
}
