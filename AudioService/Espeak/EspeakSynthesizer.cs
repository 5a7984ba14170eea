using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Espeak;

/// <summary>Mandarin and whatever else is configured, by espeak-ng in a process of its own; first sound after about a millisecond.</summary>
internal sealed class EspeakSynthesizer(ResourcePool<EspeakWorker> workers, IOptionsMonitor<TtsOptions> options) : ISpeechSynthesizer
{
    public const string ProviderName = "espeak-ng";

    private static readonly Lazy<string> Engine = new(() => EngineVersion.Of("libespeak-ng.so.1"));

    private readonly Dictionary<string, string> voices = options.CurrentValue.Espeak.Voices;

    public string Name => ProviderName;

    public IReadOnlyList<Voice> Voices { get; } = [.. options.CurrentValue.Espeak.Voices.Select(v => new Voice(v.Value, v.Key, ProviderName))];

    public bool Speaks(string language) => voices.ContainsKey(language);

    // A sentence may change its language in the middle, so every configured voice may sound in it.
    public string Voicing(Utterance utterance) =>
        $"{Engine.Value} {options.CurrentValue.Espeak.WordsPerMinute} {string.Join(' ', voices.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"))}";

    public async ValueTask<string?> ProbeAsync(CancellationToken ct) => (await workers.ProbeAsync(ct))?.Message;

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        var script = EspeakScript.Write(utterance.Text, utterance.Language, voices);
        if (script.Count == 0)
        {
            yield break;
        }

        // espeak-ng says the same text at the same times every time. So a worker that dies in the middle of a sentence costs nothing:
        // another says it again, and what was heard already is passed over.
        var heard = 0;
        for (var attempt = 0; ; attempt++)
        {
            await using var turn = new Turn(await workers.RentAsync(ct));
            var timeline = new EspeakTimeline();
            long samples = 0;
            await turn.BeginAsync(utterance, options.CurrentValue.Espeak.WordsPerMinute, [.. script.Select(run => (run.Voice, run.Text.Text))], ct);
            for (var number = 0; ; )
            {
                (EspeakFrame Kind, BinaryReader Body) frame;
                try
                {
                    frame = await turn.NextAsync(ct);
                }
                catch (DependencyException) when (attempt == 0)
                {
                    break;
                }

                SpeechPiece? piece = null;
                switch (frame.Kind)
                {
                    case EspeakFrame.Word:
                        timeline.Word(script[frame.Body.ReadInt32()].Text, frame.Body.ReadInt32(), frame.Body.ReadInt32(), frame.Body.ReadInt32());
                        break;
                    case EspeakFrame.Phone:
                        var at = frame.Body.ReadInt32();
                        timeline.Phone(frame.Body.ReadString(), at);
                        break;
                    case EspeakFrame.Sound:
                        // Exactly what is left: ReadBytes makes an array of the size it is asked for, whatever there is.
                        var left = (int)(frame.Body.BaseStream.Length - frame.Body.BaseStream.Position);
                        var pcm = MemoryMarshal.Cast<byte, short>(frame.Body.ReadBytes(left)).ToArray();
                        samples += pcm.Length;
                        piece = Piece(turn.SampleRate, utterance.Language, timeline) with { Pcm = pcm };
                        break;
                    case EspeakFrame.Failed:
                        throw new DependencyException("espeak_failed", frame.Body.ReadString());
                    case EspeakFrame.Done:
                        timeline.End(samples);
                        yield return Piece(turn.SampleRate, utterance.Language, timeline) with { TimesComplete = true };
                        yield break;
                }

                if (piece is not null && number++ >= heard)
                {
                    heard++;
                    yield return piece;
                }
            }
        }
    }

    // RMS of its speech, relative to full scale (./museum bench speech voices): Mandarin is 3 dB louder.
    private static SpeechPiece Piece(int sampleRate, string language, EspeakTimeline timeline) =>
        new(sampleRate) { VoiceLevel = language == "zh" ? 0.091 : 0.063, Words = timeline.TakeWords(), Phones = timeline.TakePhones() };

    // espeak-ng's 0, 50 and 100 are half, once and twice the voice's pitch.
    private static int Pitch(double pitch) => Math.Clamp((int)Math.Round(50 + (50 * Math.Log2(pitch))), 0, 100);

    /// <summary>One sentence's hold on a worker; given back healthy when the sentence is over or was cancelled in good order.</summary>
    private sealed class Turn(PoolLease<EspeakWorker> lease) : IAsyncDisposable
    {
        private readonly EspeakWorker worker = lease.Value;
        private int id;
        private bool over = true;
        private bool broken;

        public int SampleRate => worker.SampleRate;

        public async Task BeginAsync(Utterance utterance, int wordsPerMinute, IReadOnlyList<(string, string)> runs, CancellationToken ct)
        {
            broken = true;
            id = await worker.SpeakAsync(Math.Clamp((int)(wordsPerMinute * utterance.Rate), 80, 450), Pitch(utterance.Pitch), runs, ct);
            (broken, over) = (false, false);
        }

        public async Task<(EspeakFrame Kind, BinaryReader Body)> NextAsync(CancellationToken ct)
        {
            // A frame is read whole even when cancelled, or the stream would stand in the middle of one; it is there within a millisecond.
            ct.ThrowIfCancellationRequested();
            broken = true;
            var frame = await worker.NextAsync(id);
            (broken, over) = (false, frame.Kind is EspeakFrame.Done or EspeakFrame.Failed);
            return frame;
        }

        public async ValueTask DisposeAsync()
        {
            // Given back whatever happens: a worker that dies here is found dead by the pool.
            await using var back = lease;
            if (broken)
            {
                lease.Discard();
            }
            else if (!over)
            {
                await worker.CancelAsync(id);
            }
        }
    }
}
