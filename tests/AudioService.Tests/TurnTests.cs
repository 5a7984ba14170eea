using Grpc.Core;
using Museum.Audio.V1;
using Museum.Contracts.Events;

namespace Museum.AudioService.Tests;

[Collection(AudioCollection.Name)]
public sealed class TurnTests(AudioHost host)
{
    private TurnHolder Holder => host.Holder;

    [Theory]
    [InlineData("en", "The Starry Night was painted in 1889.", "flite", "1889")]
    [InlineData("zh", "《星月夜》是梵高在1889年画的。", "espeak-ng", "画")]
    public async Task A_sentence_of_a_turn_is_announced_with_its_words_and_can_be_listened_to(string language, string text, string provider, string word)
    {
        var sentence = Holder.Sentence(text, language, turn: 7, sequence: 3);
        var spoken = await Holder.SayAsync(sentence);
        Assert.Equal((7, 3, 1, provider), (spoken.Turn, spoken.Sequence, spoken.Epoch, spoken.Provider));
        Assert.Equal(host.GrpcUrl, spoken.Address);
        Assert.True(spoken.TimesComplete);
        Assert.Contains(spoken.Words, w => w.Text == word);

        var chunks = await ListenAsync(spoken.Handle);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.StartSample + (pair.First.Pcm.Length / 2), pair.Second.StartSample));
        Assert.True(chunks[^1].Last);
        Assert.Single(chunks, c => c.Last);
        var pcm = chunks.SelectMany(c => c.Pcm.ToByteArray().Chunk(2).Select(b => BitConverter.ToInt16(b))).ToArray();
        Assert.InRange(Math.Sqrt(pcm.Average(s => s / 32768.0 * (s / 32768.0))), 0.05, 0.2);
        Assert.InRange(spoken.Words[^1].EndSample, pcm.Length * 0.7, pcm.Length);
        Assert.Equal(spoken.Phones.Select(p => p.Symbol), chunks.SelectMany(c => c.Phones).Select(p => p.Symbol));
    }

    [Fact]
    public async Task A_sentence_that_was_spoken_before_is_announced_whole_and_sounds_the_same()
    {
        const string text = "Nobody has asked for this sentence yet.";
        var first = await Holder.SayAsync(Holder.Sentence(text));
        var pcm = Pcm(await ListenAsync(first.Handle));
        // A sound is kept a moment after its end; until then it is listened to while it is made.
        SentenceSpoken again;
        do
        {
            again = await Holder.SayAsync(Holder.Sentence(text));
        }
        while (again.TotalSamples is null);

        Assert.NotEqual(first.Handle, again.Handle);
        Assert.Equal((pcm.Length / 2, true), (again.TotalSamples, again.TimesComplete));
        Assert.Equal(first.Words, again.Words);
        Assert.Equal(first.Phones, again.Phones);
        var chunks = await ListenAsync(again.Handle);
        Assert.Equal(pcm, Pcm(chunks));
        Assert.Equal(chunks[^1], Assert.Single(chunks, c => c.Last));
        Assert.Equal(again.Phones.Select(p => p.Symbol), chunks.SelectMany(c => c.Phones).Select(p => p.Symbol));
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.StartSample + (pair.First.Pcm.Length / 2), pair.Second.StartSample));
    }

    [Fact]
    public async Task Over_gRPC_a_sentence_may_be_higher_softer_or_in_the_better_voice()
    {
        using var channel = host.Channel();
        var client = new Speech.SpeechClient(channel);
        var own = await SynthesizeAsync(new SynthesizeRequest());
        var high = await SynthesizeAsync(new SynthesizeRequest { Pitch = 1.4 });
        Assert.InRange(Voicing.MedianHertz(high.Pcm, 16_000) / Voicing.MedianHertz(own.Pcm, 16_000), 1.25, 1.6);
        Assert.All((await SynthesizeAsync(new SynthesizeRequest { Volume = 0 })).Pcm, sample => Assert.Equal(0, sample));
        Assert.Equal("festival", (await SynthesizeAsync(new SynthesizeRequest { Quality = Quality.High })).Provider);
        var refused = await Assert.ThrowsAsync<RpcException>(() => SynthesizeAsync(new SynthesizeRequest { Volume = 3 }));
        Assert.Equal("volume_out_of_range", refused.Trailers.GetValue("museum-code"));

        async Task<(short[] Pcm, string Provider)> SynthesizeAsync(SynthesizeRequest request)
        {
            (request.Text, request.Language) = ("The visitors looked at the painted ceiling for a long time.", "en");
            using var call = client.Synthesize(request, ServiceDefaults.Grpc.GrpcClients.Bearer(host.Tokens.Token()));
            var chunks = await call.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync();
            return ([.. chunks.SelectMany(c => c.Pcm.ToByteArray().Chunk(2).Select(b => BitConverter.ToInt16(b)))], chunks[0].Provider);
        }
    }

    [Fact]
    public async Task A_turn_s_sentence_may_be_higher_softer_or_in_the_better_voice()
    {
        const string text = "The visitors looked at the painted ceiling for a long time.";
        var own = Samples(await ListenAsync((await Holder.SayAsync(Holder.Sentence(text))).Handle));
        var high = Samples(await ListenAsync((await Holder.SayAsync(Holder.Sentence(text) with { Pitch = 1.4 })).Handle));
        Assert.InRange(Voicing.MedianHertz(high, 16_000) / Voicing.MedianHertz(own, 16_000), 1.25, 1.6);
        Assert.All(Samples(await ListenAsync((await Holder.SayAsync(Holder.Sentence(text) with { Volume = 0 })).Handle)), sample => Assert.Equal(0, sample));
        Assert.Equal("festival", (await Holder.SayAsync(Holder.Sentence(text) with { Quality = "high" })).Provider);
        // A voice that does not know the language leaves it to the one that does.
        Assert.Equal("espeak-ng", (await Holder.SayAsync(Holder.Sentence("天空是蓝色的。", "zh") with { Voice = "slt" })).Provider);

        static short[] Samples(IReadOnlyList<SpeechChunk> chunks) => [.. chunks.SelectMany(c => c.Pcm.ToByteArray().Chunk(2).Select(b => BitConverter.ToInt16(b)))];
    }

    [Fact]
    public async Task What_is_foreseen_is_made_before_it_is_asked_for()
    {
        const string text = "This sentence will be asked for in a moment.";
        var narrator = host.App.Services.GetRequiredService<Synthesis.Narrator>();
        // On a busy machine nothing is foreseen: then the next time it may be.
        await Eventually.TrueAsync(async () =>
        {
            await Holder.PublishAsync(new SentencesForeseen { Language = "en", Sentences = [text] });
            return await narrator.WeighAsync(new Synthesis.Utterance(text, "en"), 16_000, default) is not null;
        });
        var spoken = await Holder.SayAsync(Holder.Sentence(text));
        Assert.NotNull(spoken.TotalSamples);
        Assert.True(spoken.TimesComplete);
    }

    [Fact]
    public async Task A_sentence_delivered_twice_is_spoken_once()
    {
        var sentence = Holder.Sentence("It hangs in New York.");
        await Holder.PublishAsync(sentence);
        await Holder.PublishAsync(sentence);
        await Holder.GetAsync<SentenceSpoken>(sentence);
        await Holder.PublishAsync(sentence);
        await Holder.SayAsync(sentence with { Sequence = 1 });
        Assert.Single(Holder.Mail.Of<SentenceSpoken>(sentence));
    }

    [Theory]
    [InlineData("…", "en", "nothing_to_say")]
    [InlineData("Bonjour.", "fr", "language_unsupported")]
    public async Task A_sentence_that_cannot_be_spoken_fails_with_a_code(string text, string language, string code)
    {
        var sentence = Holder.Sentence(text, language);
        await Holder.PublishAsync(sentence);
        Assert.Equal(code, (await Holder.GetAsync<SentenceFailed>(sentence)).Code);
        Assert.Empty(Holder.Mail.Of<SentenceSpoken>(sentence));
    }

    [Fact]
    public async Task A_sentence_that_nobody_can_be_waiting_for_any_more_is_not_made()
    {
        var longAgo = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeMilliseconds();
        var sentence = Holder.Sentence("This was given up two minutes ago.") with { GivenUpAt = longAgo };
        await Holder.PublishAsync(sentence);
        Assert.Equal("too_late", (await Holder.GetAsync<SentenceFailed>(sentence)).Code);
        Assert.Empty(Holder.Mail.Of<SentenceSpoken>(sentence));
    }

    [Fact]
    public async Task A_sentence_that_is_late_and_still_waited_for_is_made()
    {
        var now = DateTimeOffset.UtcNow;
        var sentence = Holder.Sentence("This was needed two minutes ago and is still wanted.") with
        {
            NeededBy = now.AddMinutes(-2).ToUnixTimeMilliseconds(),
            GivenUpAt = now.AddMinutes(2).ToUnixTimeMilliseconds(),
        };
        await Holder.SayAsync(sentence);
        Assert.Empty(Holder.Mail.Of<SentenceFailed>(sentence));
    }

    [Fact]
    public async Task After_an_interruption_the_sentences_of_the_turn_are_silent_and_the_next_turn_speaks()
    {
        var session = TokenIssuer.NewSession();
        await Holder.PublishAsync(new TurnInterrupted { Session = session, Epoch = 1, ThroughTurn = 5 });
        var sequence = 0;
        // The interruption and the sentences travel on queues of their own, so the first sentences may still overtake it.
        await Eventually.TrueAsync(async () =>
        {
            var stopped = Holder.Sentence("Nobody hears this.", session: session, turn: 5, sequence: ++sequence);
            await Holder.PublishAsync(stopped);
            await Holder.SayAsync(Holder.Sentence("But this.", session: session, turn: 6, sequence: sequence));
            return !Holder.Mail.Of<SentenceSpoken>(stopped).Any();
        });
    }

    [Fact]
    public async Task A_long_sentence_is_announced_within_16_KB_and_its_times_are_completed_by_listening()
    {
        var text = string.Join(", ", Enumerable.Repeat("the visitors looked at the painted ceiling for a long time", 16)) + ".";
        var spoken = await Holder.SayAsync(Holder.Sentence(text));
        Assert.False(spoken.TimesComplete);
        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(spoken).Length, 4_000, 16_000);
        var chunks = await ListenAsync(spoken.Handle);
        Assert.True(chunks.Sum(c => c.Phones.Count) > spoken.Phones.Count);
    }

    [Fact]
    public async Task An_unknown_handle_is_not_found()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => ListenAsync("nothing"));
        Assert.Equal(StatusCode.NotFound, e.StatusCode);
    }

    [Fact]
    public async Task Synthesize_streams_a_sentence_to_a_caller_with_a_token_only()
    {
        using var channel = host.Channel();
        var client = new Speech.SpeechClient(channel);
        var request = new SynthesizeRequest { Text = "Where do we come from?", Language = "en-GB", SampleRate = 24_000, Voice = "slt" };
        using var refused = client.Synthesize(request);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => refused.ResponseStream.MoveNext(default).SoonAsync())).StatusCode);

        using var call = client.Synthesize(request, Bearer());
        var chunks = await call.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync();
        Assert.All(chunks, c => Assert.Equal(24_000, c.SampleRate));
        Assert.InRange(chunks.Sum(c => c.Pcm.Length) / 48_000.0, 0.8, 2.5);
        Assert.Equal(["Where", "do", "we", "come", "from"], chunks.SelectMany(c => c.Words).Select(w => w.Text));
    }

    private static byte[] Pcm(IEnumerable<SpeechChunk> chunks) => [.. chunks.SelectMany(c => c.Pcm.ToByteArray())];

    private Metadata Bearer() => ServiceDefaults.Grpc.GrpcClients.Bearer(host.Tokens.Token());

    private async Task<List<SpeechChunk>> ListenAsync(string handle)
    {
        using var channel = host.Channel();
        using var call = new Speech.SpeechClient(channel).Listen(new ListenRequest { Handle = handle });
        return await call.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync();
    }
}
