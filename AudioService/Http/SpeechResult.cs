using System.Runtime.InteropServices;
using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Http;

/// <summary>
/// Streams sentences as one sound: the first bytes go out while the first sentence is still being made, and each next sentence is made
/// while the one before it is sent.
/// </summary>
internal sealed class SpeechResult(Narrator narrator, ResourcePool<FfmpegPlace> places, IReadOnlyList<Utterance> sentences, AudioFormat format, int sampleRate, double volume) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        // Until the first sound is there nothing is sent, so that what goes wrong before it is told as a problem.
        var sound = await narrator.SpeakAsync(sentences[0], sampleRate, ct);
        await using var place = format.Ffmpeg is null ? null : await places.RentAsync(ct);
        await using var encoder = format.Ffmpeg is null ? null : FfmpegEncoder.Start(format, sampleRate, httpContext.Response.Body, ct);
        httpContext.Response.ContentType = format.Name == "pcm" ? $"audio/pcm; rate={sampleRate}; channels=1" : format.ContentType;
        if (format.Name == "wav")
        {
            await httpContext.Response.Body.WriteAsync(AudioFormat.WavHeader(sampleRate), ct);
        }

        try
        {
            for (var i = 1; ; i++)
            {
                var next = i < sentences.Count ? narrator.SpeakAsync(sentences[i], sampleRate, ct) : null;
                await SendAsync(sound, httpContext, encoder, ct);
                if (next is null)
                {
                    break;
                }

                sound = await next;
            }

            await (encoder?.FinishAsync() ?? Task.CompletedTask);
        }
        catch (MuseumException) when (httpContext.Response.HasStarted)
        {
            // Too late for a problem: a broken connection tells the client that the sound is not whole.
            httpContext.Abort();
        }
    }

    private async Task SendAsync(SentenceSound sound, HttpContext httpContext, FfmpegEncoder? encoder, CancellationToken ct)
    {
        await foreach (var piece in sound.ReadAsync(ct))
        {
            var samples = volume == 1 ? piece.Pcm.Span : Loudness.Scale(piece.Pcm.Span, volume);
            var bytes = MemoryMarshal.AsBytes(samples).ToArray();
            if (encoder is not null)
            {
                await encoder.WriteAsync(bytes);
            }
            else
            {
                await httpContext.Response.Body.WriteAsync(bytes, ct);
                await httpContext.Response.Body.FlushAsync(ct);
            }
        }
    }
}
