using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using MassTransit;
using Microsoft.AspNetCore.Authorization;
using Museum.Audio.V1;
using Museum.Contracts.Events;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Messaging;

namespace Museum.VoiceCallService.Tests;

/// <summary>What the scripted voice does with a sentence.</summary>
internal enum VoiceDeed
{
    Speak,
    SpeakTwice,
    Fail,
    Ignore,
}

/// <summary>How the scripted voice behaves, and what it was given.</summary>
internal sealed class VoiceScript
{
    public ConcurrentQueue<SentenceComposed> Composed { get; } = new();

    public ConcurrentQueue<TurnInterrupted> Interrupted { get; } = new();

    public Func<SentenceComposed, VoiceDeed> Deed { get; set; } = _ => VoiceDeed.Speak;

    /// <summary>Waits before a sentence is announced; the test releases.</summary>
    public Func<SentenceComposed, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>300 ms; of a sentence that begins with "Long", 6 s; with "Endless", 30 s, of which nobody hears the end.</summary>
    public static int SamplesOf(string text) => text.Split(' ')[0] switch
    {
        "Endless" => 480_000,
        "Long" => 96_000,
        _ => 4_800,
    };

    /// <summary>A sentence's own tone.</summary>
    public static short[] SoundOf(string text)
    {
        var frequency = 200 + (text.Length * 10);
        return [.. Enumerable.Range(0, SamplesOf(text)).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * frequency * i / 16000)))];
    }
}

/// <summary>Consumes sentences from the real broker and announces their voice and face. Scripted: it speaks in tones.</summary>
internal sealed class ScriptedVoice(VoiceScript script, IEventPublisher events, GrpcAddress address) : IConsumer<SentenceComposed>, IConsumer<TurnInterrupted>
{
    public async Task Consume(ConsumeContext<SentenceComposed> context)
    {
        var sentence = context.Message;
        script.Composed.Enqueue(sentence);
        await script.Before(sentence);
        switch (script.Deed(sentence))
        {
            case VoiceDeed.Fail:
                await events.PublishAsync(
                    new SentenceFailed { Holder = sentence.Holder, Epoch = sentence.Epoch, Session = sentence.Session, Turn = sentence.Turn, Sequence = sentence.Sequence, Code = "engine_failed" },
                    context.CancellationToken);
                break;
            case VoiceDeed.SpeakTwice:
                await SpeakAsync(sentence, context.CancellationToken);
                await SpeakAsync(sentence, context.CancellationToken);
                break;
            case VoiceDeed.Speak:
                await SpeakAsync(sentence, context.CancellationToken);
                break;
        }
    }

    public Task Consume(ConsumeContext<TurnInterrupted> context)
    {
        script.Interrupted.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    private async Task SpeakAsync(SentenceComposed s, CancellationToken cancellationToken)
    {
        await events.PublishAsync(
            new SentenceAnimated
            {
                Holder = s.Holder, Epoch = s.Epoch, Session = s.Session, Turn = s.Turn, Sequence = s.Sequence, SampleRate = 16000,
                Visemes = [new TimedViseme(0, "aa", 1), new TimedViseme(4800, "sil", 1)],
            },
            cancellationToken);
        await events.PublishAsync(
            new SentenceSpoken
            {
                Holder = s.Holder, Epoch = s.Epoch, Session = s.Session, Turn = s.Turn, Sequence = s.Sequence, Text = s.Text, Language = s.Language,
                SampleRate = 16000, Address = address.Value, Handle = s.Text, Provider = "scripted", TotalSamples = VoiceScript.SamplesOf(s.Text), TimesComplete = true,
                Words = [new TimedWord(s.Text, 0, VoiceScript.SamplesOf(s.Text), 0, s.Text.Length)],
            },
            cancellationToken);
    }
}

/// <summary>Serves the tones in chunks of 100 ms, and hears what the script says.</summary>
[Authorize]
internal sealed class ScriptedSpeech(EarScript ear) : Speech.SpeechBase
{
    public override Task Recognize(IAsyncStreamReader<RecognizeRequest> requestStream, IServerStreamWriter<RecognizeResponse> responseStream, ServerCallContext context) =>
        ear.RecognizeAsync(requestStream, responseStream, context);

    public override async Task Listen(ListenRequest request, IServerStreamWriter<SpeechChunk> responseStream, ServerCallContext context)
    {
        var samples = VoiceScript.SoundOf(request.Handle);
        for (var start = 0; start < samples.Length; start += 1600)
        {
            var bytes = new byte[3200];
            Buffer.BlockCopy(samples, start * 2, bytes, 0, 3200);
            await responseStream.WriteAsync(
                new SpeechChunk { Pcm = ByteString.CopyFrom(bytes), SampleRate = 16000, StartSample = start, Last = start + 1600 == samples.Length, Provider = "scripted" },
                context.CancellationToken);
        }
    }
}
