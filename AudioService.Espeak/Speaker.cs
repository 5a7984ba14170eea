using System.Runtime.InteropServices;
using System.Text;

namespace Museum.AudioService.Espeak;

/// <summary>
/// Says one request at a time. espeak-ng keeps its state in globals, so this is static too: one engine per process.
/// </summary>
internal static class Speaker
{
    // The engine hands sound over in pieces of this length: the first piece costs about a millisecond to make.
    private const int BufferMilliseconds = 40;

    // Of 100, where loud Mandarin syllables clip inside the engine.
    private const int Volume = 70;

    private static Stream output = Stream.Null;
    private static int request;
    private static int run;
    private static string text = "";
    private static long runStart;
    private static long samples;
    private static volatile int cancelled = -1;

    /// <summary>The engine's sample rate, or -1 when its data is missing.</summary>
    public static unsafe int Initialize(Stream frames)
    {
        output = frames;
        var rate = EspeakLibrary.Initialize(EspeakLibrary.Synchronous, BufferMilliseconds, null, EspeakLibrary.PhonemeEvents | EspeakLibrary.DontExit);
        EspeakLibrary.SetSynthCallback(&OnSound);
        return rate;
    }

    public static void Cancel(int id) => cancelled = id;

    public static void Speak(SpeakRequest asked)
    {
        var (id, wordsPerMinute, pitch, runs) = asked;
        request = id;
        samples = 0;
        for (run = 0; run < runs.Length && cancelled != id; run++)
        {
            runStart = samples;
            text = runs[run].Text;
            if (EspeakLibrary.SetVoiceByName(runs[run].Voice) != 0)
            {
                Send(EspeakFrame.Failed, w => w.Write($"no voice {runs[run].Voice}"));
                Flush();
                return;
            }

            _ = EspeakLibrary.SetParameter(EspeakLibrary.Rate, wordsPerMinute, 0);
            _ = EspeakLibrary.SetParameter(EspeakLibrary.Pitch, pitch, 0);
            _ = EspeakLibrary.SetParameter(EspeakLibrary.Volume, Volume, 0);
            Synthesize(text, last: run == runs.Length - 1);
        }

        Send(EspeakFrame.Done, _ => { });
        Flush();
    }

    private static unsafe void Synthesize(string said, bool last)
    {
        var bytes = Encoding.UTF8.GetBytes(said + '\0');
        // Only the last run ends with a sentence's pause: between scripts the voice goes straight on.
        var flags = EspeakLibrary.Utf8 | (last ? EspeakLibrary.EndPause : 0);
        fixed (byte* start = bytes)
        {
            _ = EspeakLibrary.Synth(start, (nuint)bytes.Length, 0, EspeakLibrary.ByCharacter, 0, flags, null, null);
        }
    }

    [UnmanagedCallersOnly]
    private static unsafe int OnSound(short* wave, int count, EspeakEvent* events)
    {
        if (cancelled == request)
        {
            return 1;
        }

        for (var e = events; e->Kind != EspeakEventKind.End; e++)
        {
            var at = (int)(runStart + e->Sample);
            if (e->Kind == EspeakEventKind.Word)
            {
                var (start, length) = Utf16(text, e->TextPosition - 1, e->Length);
                Send(EspeakFrame.Word, w => { w.Write(run); w.Write(start); w.Write(length); w.Write(at); });
            }
            else if (e->Kind == EspeakEventKind.Phoneme)
            {
                var name = Name(e);
                Send(EspeakFrame.Phone, w => { w.Write(at); w.Write(name); });
            }
        }

        if (wave is not null && count > 0)
        {
            samples += count;
            var bytes = new ReadOnlySpan<byte>(wave, count * sizeof(short)).ToArray();
            Send(EspeakFrame.Sound, w => w.Write(bytes));
            Flush();
        }

        return 0;
    }

    private static unsafe string Name(EspeakEvent* e)
    {
        var name = new ReadOnlySpan<byte>(e->Name, 8);
        var end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }

    /// <summary>espeak counts code points; .NET counts UTF-16 units.</summary>
    private static (int Start, int Length) Utf16(string said, int start, int length)
    {
        int unit = 0, from = said.Length, to = said.Length;
        var point = 0;
        foreach (var rune in said.EnumerateRunes())
        {
            from = point == start ? unit : from;
            to = point == start + length ? unit : to;
            unit += rune.Utf16SequenceLength;
            point++;
        }

        return (from, Math.Max(0, to - from));
    }

    private static void Send(EspeakFrame kind, Action<BinaryWriter> body) => Leave(() => output.Write(EspeakFrames.Compose(kind, w =>
    {
        w.Write(request);
        body(w);
    })));

    private static void Flush() => Leave(output.Flush);

    private static void Leave(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Nobody listens any more: the service is gone.
            Environment.Exit(0);
        }
    }
}
