using System.Runtime.InteropServices;
using System.Threading.Channels;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Flite;

/// <summary>One sentence on its way through flite, on a thread of the engine. flite knows every time before it makes the wave.</summary>
internal sealed unsafe class FliteSentence(SpokenText text, double rate, double voiceLevel, ChannelWriter<SpeechPiece> pieces, CancellationToken ct)
{
    // 20 ms at 16 kHz: flite calls back at the first whole frame of 5 ms past it, so a cancelled sentence stops within 25 ms of sound.
    private const int PieceSamples = 320;

    private const string Start = "R:SylStructure.daughter1.daughter1.R:Segment.p.end";
    private const string End = "R:SylStructure.daughtern.daughtern.end";

    private Exception? failure;
    private bool started;

    public void Speak(nint voice)
    {
        var self = GCHandle.Alloc(this);
        var utterance = FliteLibrary.NewUtterance();
        try
        {
            FliteLibrary.SetInputText(utterance, text.Text);
            FliteLibrary.InitUtterance(utterance, voice);
            FliteLibrary.SetFloat(utterance->Features, FliteLibrary.Literal("duration_stretch"u8), (float)(1 / rate));
            var stream = FliteLibrary.NewStream();
            stream->MinimumSamples = PieceSamples;
            stream->OnSound = &OnSound;
            stream->UserData = GCHandle.ToIntPtr(self);
            // The utterance owns the stream from here on and frees it.
            FliteLibrary.Set(utterance->Features, FliteLibrary.Literal("streaming_info"u8), FliteLibrary.StreamValue(stream));
            FliteLibrary.Synthesize(utterance);
        }
        finally
        {
            FliteLibrary.DeleteUtterance(utterance);
            self.Free();
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnSound(FliteWave* wave, int start, int size, int last, FliteStream* stream)
    {
        var sentence = (FliteSentence)GCHandle.FromIntPtr(stream->UserData).Target!;
        try
        {
            return sentence.Take(wave, new ReadOnlySpan<short>(wave->Samples + start, size), stream->Utterance);
        }
        catch (Exception e)
        {
            // No exception may cross flite's frames; it is thrown again on this side.
            sentence.failure = e;
            return FliteLibrary.StreamStop;
        }
    }

    private int Take(FliteWave* wave, ReadOnlySpan<short> pcm, FliteUtterance* utterance)
    {
        if (ct.IsCancellationRequested)
        {
            return FliteLibrary.StreamStop;
        }

        var piece = new SpeechPiece(wave->SampleRate) { Pcm = pcm.ToArray(), VoiceLevel = voiceLevel, TimesComplete = true };
        if (!started)
        {
            started = true;
            piece = piece with { Words = Words(utterance, wave->SampleRate), Phones = Phones(utterance, wave->SampleRate) };
        }

        if (!pieces.TryWrite(piece))
        {
            throw new InvalidOperationException("The sentence is longer than the room kept for its pieces.");
        }

        return FliteLibrary.StreamContinue;
    }

    private static List<TimedPhone> Phones(FliteUtterance* utterance, int sampleRate)
    {
        var phones = new List<TimedPhone>();
        long start = 0;
        for (var segment = FliteLibrary.Head(FliteLibrary.Relation(utterance, "Segment")); segment != 0; segment = FliteLibrary.Next(segment))
        {
            var end = Samples(FliteLibrary.Float(segment, "end"), sampleRate);
            phones.Add(new TimedPhone(FliteLibrary.Name(segment), "arpabet", start, end));
            start = end;
        }

        return phones;
    }

    private List<TimedWord> Words(FliteUtterance* utterance, int sampleRate)
    {
        var words = new List<TimedWord>();
        var line = new WordTimeline();
        var cursor = 0;
        for (var token = FliteLibrary.Head(FliteLibrary.Relation(utterance, "Token")); token != 0; token = FliteLibrary.Next(token))
        {
            // A token is what stands between white space, without its punctuation.
            var name = FliteLibrary.Name(token);
            var place = text.Text.IndexOf(name, cursor, StringComparison.Ordinal);
            if (place < 0)
            {
                continue;
            }

            cursor = place + name.Length;
            for (var word = FliteLibrary.Daughter(token); word != 0; word = FliteLibrary.Next(word))
            {
                var end = Samples(FliteLibrary.Float(word, End), sampleRate);
                if (end > 0)
                {
                    Add(line.Begin(text, place, name.Length, Samples(FliteLibrary.Float(word, Start), sampleRate)));
                    line.Extend(end);
                }
            }
        }

        Add(line.Finish());
        return words;

        void Add(TimedWord? word)
        {
            if (word is not null)
            {
                words.Add(word);
            }
        }
    }

    private static long Samples(float seconds, int sampleRate) => (long)Math.Round(seconds * (double)sampleRate);
}
