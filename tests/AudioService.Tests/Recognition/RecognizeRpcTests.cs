using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.AudioService.Recognition;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>gRPC <c>Speech.Recognize</c>, as VoiceCallService calls it, and the words that it learns from TextService.</summary>
[Collection(AudioCollection.Name)]
public sealed class RecognizeRpcTests(AudioHost host, Ears ears) : IClassFixture<Ears>
{
    private const string Question = "Who found the Jade Burial Suit of Liu Sheng?";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Partial_transcripts_come_while_sound_goes_in_and_the_final_one_after_its_end(bool byMessage)
    {
        await host.HearingAsync();
        using var channel = host.Channel();
        using var call = new Speech.SpeechClient(channel).Recognize(Bearer());
        await call.RequestStream.WriteAsync(new RecognizeRequest { Start = new RecognizeStart { Language = "en-US", PartialResults = true } });
        var pcm = await ears.SayAsync(Question);
        foreach (var frame in pcm.Chunk(320))
        {
            await call.RequestStream.WriteAsync(Audio(frame));
        }

        // Nothing has ended yet, and there are words.
        Assert.True(await call.ResponseStream.MoveNext(default).SoonAsync());
        Assert.False(call.ResponseStream.Current.IsFinal);
        await (byMessage ? call.RequestStream.WriteAsync(new RecognizeRequest { End = new EndOfUtterance() }) : call.RequestStream.CompleteAsync());
        var rest = await call.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync();
        var final = Assert.Single(rest, r => r.IsFinal);
        Assert.Same(rest[^1], final);
        Assert.InRange(WordErrors.Of(Question, final.Text).Rate, 0, 0.25);
        Assert.Equal(("en", "pocketsphinx", false), (final.Language, final.Provider, final.LowConfidence));
        Assert.All(final.Words, w => Assert.Equal(w.Text, final.Text.Substring(w.TextStart, w.TextLength)));
    }

    [Fact]
    public async Task Word_times_count_samples_at_the_callers_rate()
    {
        await host.HearingAsync();
        var pcm = await ears.SayAsync(Question);
        var slow = await RecognizeAsync(new RecognizeStart { Language = "en" }, pcm);
        var fast = await RecognizeAsync(new RecognizeStart { Language = "en", SampleRate = 48_000 }, pcm.SelectMany(s => Enumerable.Repeat(s, 3)).ToArray());
        Assert.InRange(fast.Words[^1].EndSample / (double)slow.Words[^1].EndSample, 2.9, 3.1);
    }

    [Fact]
    public async Task A_call_without_a_start_or_with_half_a_sample_is_refused()
    {
        await host.HearingAsync();
        await RefusedAsync(StatusCode.InvalidArgument, "start_expected", Audio([1, 2]));
        var start = new RecognizeRequest { Start = new RecognizeStart { Language = "en" } };
        await RefusedAsync(StatusCode.InvalidArgument, "audio_malformed", start, new RecognizeRequest { Audio = ByteString.CopyFrom(1, 2, 3) });
        await RefusedAsync(StatusCode.InvalidArgument, "sample_rate_unsupported", new RecognizeRequest { Start = new RecognizeStart { Language = "en", SampleRate = 1 } });
        await RefusedAsync(StatusCode.Unavailable, "no_recognizer", new RecognizeRequest { Start = new RecognizeStart { Language = "zh" } });
    }

    [Fact]
    public async Task Hearing_is_reported_by_language()
    {
        await host.HearingAsync();
        var capabilities = host.App.Services.GetRequiredService<Capabilities>();
        // What is told of all languages follows what is told of one.
        await Eventually.TrueAsync(() => capabilities.Snapshot() is var all && (all["hearing.en"].State, all["hearing"].State) == (CapabilityState.Ok, CapabilityState.Degraded));
        var chinese = capabilities.Snapshot()["hearing.zh"];
        Assert.Equal(CapabilityState.Away, chinese.State);
        Assert.Contains("write", chinese.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_content_is_heard_soon_after_it_is_announced()
    {
        await host.HearingAsync();
        var pcm = await ears.SayAsync("What is the Zanzibar Umbrella?");
        var start = new RecognizeStart { Language = "en" };
        Assert.DoesNotContain("Zanzibar", (await RecognizeAsync(start, pcm)).Text, StringComparison.Ordinal);
        var words = MuseumVocabulary.Read("v2");
        words.Titles.Add("Zanzibar Umbrella");
        host.Guide.Vocabulary = words;
        await host.Holder.PublishAsync(new ContentChanged { Version = "v2" });
        await Eventually.TrueAsync(async () => (await RecognizeAsync(start, pcm)).Text.EndsWith("Zanzibar Umbrella", StringComparison.Ordinal));
    }

    private async Task<RecognizeResponse> RecognizeAsync(RecognizeStart start, short[] pcm)
    {
        using var channel = host.Channel();
        using var call = new Speech.SpeechClient(channel).Recognize(Bearer());
        await call.RequestStream.WriteAsync(new RecognizeRequest { Start = start });
        foreach (var frame in pcm.Chunk(9_600))
        {
            await call.RequestStream.WriteAsync(Audio(frame));
        }

        await call.RequestStream.CompleteAsync();
        return Assert.Single(await call.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync());
    }

    private async Task RefusedAsync(StatusCode status, string code, params RecognizeRequest[] requests)
    {
        using var channel = host.Channel();
        using var call = new Speech.SpeechClient(channel).Recognize(Bearer());
        // Whoever is refused early may learn it while they still write.
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            foreach (var request in requests)
            {
                await call.RequestStream.WriteAsync(request);
            }

            await call.ResponseStream.MoveNext(default).SoonAsync();
        });
        Assert.Equal((status, code), (e.StatusCode, e.Trailers.GetValue("museum-code")));
    }

    private static RecognizeRequest Audio(short[] pcm) => new() { Audio = ByteString.CopyFrom(MemoryMarshal.AsBytes<short>(pcm)) };

    private Metadata Bearer() => ServiceDefaults.Grpc.GrpcClients.Bearer(host.Tokens.Token());
}
