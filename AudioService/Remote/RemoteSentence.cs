using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Museum.AudioService.Encodings;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Remote;

/// <summary>How a service's sound arrives.</summary>
/// <param name="Container">ffmpeg's name of what it is packed in; null: bare PCM16.</param>
internal sealed record RemoteSound(int SampleRate, string? Container);

/// <summary>
/// One sentence on its way from a remote service: sound decoded while it arrives, words found in the text, phones spread over them.
/// <code>
/// service ─┬─ sound ─► (ffmpeg) ─► samples ─┬─► pieces
///          └─ words ─► text ─► phones ──────┘
/// </code>
/// </summary>
internal sealed class RemoteSentence : IAsyncDisposable
{
    // Of about 85 ms each: 20 s of sound that may come faster than it is taken; then the service waits.
    private const int WaitingPieces = 240;

    // −40 dB: where speech begins and ends for a voice that tells no times.
    private const int Audible = 328;

    private static readonly TimeSpan DecodingLimit = TimeSpan.FromSeconds(5);

    private readonly RemoteSound format;
    private readonly ToldWords words;
    private readonly Task<LocalReading> reading;
    private readonly CancellationToken ct;
    private readonly Channel<SpeechPiece> pieces = Channel.CreateBounded<SpeechPiece>(new BoundedChannelOptions(WaitingPieces) { SingleReader = true });
    private readonly Pcm16 pcm = new();
    private PhoneSpread? spread;
    private FfmpegDecoder? decoder;
    private Task decoding = Task.CompletedTask;
    private long wordsUntil;
    private long loudFrom = -1;
    private long loudUntil;

    private RemoteSentence(RemoteSound format, SpokenText text, Task<LocalReading> reading, CancellationToken ct) =>
        (this.format, words, this.reading, this.ct) = (format, new ToldWords(text), reading, ct);

    /// <summary>So far, from the sentence's first. Exact after <see cref="EndPartAsync"/>.</summary>
    public long Samples { get; private set; }

    /// <summary>What a service is asked to say: it writes numbers out by itself and knows more letters than our engines, but no Markdown. Null: nothing to say.</summary>
    public static SpokenText? Text(string written) =>
        WrittenMarks.Remove(new SpokenText(written)) is var text && text.Text.Any(char.IsLetterOrDigit) ? text : null;

    /// <summary>
    /// Pieces while <paramref name="service"/> delivers; who stops reading stops it. A service that delivers no sound has failed.
    /// </summary>
    public static async IAsyncEnumerable<SpeechPiece> SpeakAsync(
        RemoteSound format, SpokenText text, Func<CancellationToken, Task<LocalReading>> read, Func<RemoteSentence, CancellationToken, Task> service, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = read(stop.Token);
        await using var sentence = new RemoteSentence(format, text, reading, stop.Token);
        var delivering = sentence.DeliverAsync(service);
        try
        {
            await foreach (var piece in sentence.pieces.Reader.ReadAllAsync(ct))
            {
                yield return piece;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(delivering, reading).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Sound of one stream follows. Starts the decoder before there is anything to decode, so that its start costs nothing.</summary>
    public void BeginPart()
    {
        if (format.Container is { } container)
        {
            decoder = FfmpegDecoder.Start(container, format.SampleRate);
            decoding = DecodeAsync(decoder);
        }
    }

    public Task SoundAsync(ReadOnlyMemory<byte> bytes) => decoder is null ? PassAsync(pcm.Samples(bytes.Span)) : decoder.WriteAsync(bytes, ct);

    /// <summary>The stream is complete: all of its sound is passed on.</summary>
    public async Task EndPartAsync()
    {
        if (decoder is not null)
        {
            decoder.Finish();
            await decoding.WaitAsync(DecodingLimit, ct);
            await decoder.DisposeAsync();
            decoder = null;
        }
    }

    /// <summary>A word in order of time, in seconds from the sentence's start.</summary>
    public async Task WordAsync(string told, double start, double end)
    {
        var from = Math.Max(wordsUntil, (long)(start * format.SampleRate));
        if (words.Find(told, from, (long)(end * format.SampleRate)) is not { } word)
        {
            return;
        }

        wordsUntil = word.EndSample;
        spread ??= new PhoneSpread(await reading);
        await pieces.Writer.WriteAsync(new SpeechPiece(format.SampleRate) { Words = [word], Phones = spread.Add(word) }, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (decoder is not null)
        {
            await decoder.DisposeAsync();
        }

        await decoding.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task DeliverAsync(Func<RemoteSentence, CancellationToken, Task> service)
    {
        try
        {
            await service(this, ct);
            if (Samples == 0)
            {
                throw new DependencyException("voice_silent", "The service sent no sound for the sentence.");
            }

            await pieces.Writer.WriteAsync(await LastAsync(), ct);
            pieces.Writer.Complete();
        }
        catch (Exception e)
        {
            pieces.Writer.Complete(e);
        }
    }

    private async Task<SpeechPiece> LastAsync()
    {
        var last = new SpeechPiece(format.SampleRate) { TimesComplete = true };
        if (spread is not null)
        {
            return last with { Phones = spread.Finish() };
        }

        var (spoken, phones) = new PhoneSpread(await reading).Over(loudFrom, loudUntil);
        return last with { Words = spoken, Phones = phones };
    }

    private async Task DecodeAsync(FfmpegDecoder from)
    {
        await foreach (var samples in Pcm16.ReadAsync(from.Output, ct))
        {
            await PassAsync(samples);
        }
    }

    private async Task PassAsync(short[] samples)
    {
        if (samples.Length == 0)
        {
            return;
        }

        if (Array.FindIndex(samples, IsAudible) is >= 0 and var first)
        {
            loudFrom = loudFrom < 0 ? Samples + first : loudFrom;
            loudUntil = Samples + Array.FindLastIndex(samples, IsAudible) + 1;
        }

        Samples += samples.Length;
        await pieces.Writer.WriteAsync(new SpeechPiece(format.SampleRate) { Pcm = samples }, ct);
    }

    private static bool IsAudible(short sample) => sample is > Audible or < -Audible;
}
