using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>Fifty calls at once: nobody hears another's answer, and nobody is heard in another's call.</summary>
[Collection(CallCollection.Name)]
public sealed class PrivacyTests(CallHost host) : IDisposable
{
    private const int Calls = 50;

    /// <summary>Real time is dear on a machine that is busy with other tests: of the fifty so many speak at once, in three rounds.</summary>
    private const int Speakers = 17;

    /// <summary>And a voice may come too late there, so that an answer is left to its text, a peer not answer in time, or words be lost: then again.</summary>
    private const int MostTimes = 8;

    /// <summary>A machine that could not answer fifty at once is not asked all at once again.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>Who says nothing for 90 s is taken for gone.</summary>
    private static readonly TimeSpan SignOfLifeEvery = TimeSpan.FromSeconds(10);

    public void Dispose()
    {
        host.Guide.AnswerOf = null;
        host.Ear.Say(new Hears("", ""));
    }

    [Fact]
    public async Task Of_fifty_calls_each_hears_its_own_answer_byte_for_byte_and_is_heard_alone()
    {
        var numbers = new ConcurrentDictionary<string, int>();
        var clients = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async number =>
        {
            var client = await ProtocolClient.RegisterAsync(host.Address("/ws/voice/call"), host.Tokens.Token(), "en");
            numbers[client.SessionId!] = number;
            return client;
        }));
        try
        {
            host.Guide.AnswerOf = start => AnswerTo(numbers[start.SessionId]);
            host.Ear.Say(new Hears("", ""));
            await Task.WhenAll(clients.Select(client => ListenAsync(client, numbers[client.SessionId!])));
            using var speaking = new SemaphoreSlim(Speakers);
            await Task.WhenAll(clients.Select(client => SpeakAsync(client, numbers[client.SessionId!], speaking)));
            var heard = host.Ear.SentBy.Where(h => numbers.ContainsKey(h.Session)).ToArray();
            Assert.Equal(Calls, heard.Select(h => h.Session).Distinct().Count());
            Assert.All(heard, h => Assert.Equal("", Foreign(MemoryMarshal.Cast<byte, short>(h.Sound), numbers[h.Session])));
        }
        finally
        {
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }
    }

    private static async Task ListenAsync(ProtocolClient client, int number)
    {
        for (var asked = 0; asked < MostTimes; asked++)
        {
            if (HearsItsOwn(await client.ReceiveAnswerAsync(await client.AskAsync("Tell me about it.")), number))
            {
                return;
            }

            await Task.Delay(AskAgainAfter);
        }

        Assert.Fail($"Call {number} was answered {MostTimes} times and never aloud.");
    }

    private async Task SpeakAsync(ProtocolClient client, int number, SemaphoreSlim speaking)
    {
        while (!await speaking.WaitAsync(SignOfLifeEvery))
        {
            await client.SendAsync("PING", new { });
        }

        try
        {
            await using var microphone = new Microphone(client, number);
            for (var said = 0; said < MostTimes; said++)
            {
                microphone.Say();
                try
                {
                    await Eventually.TrueAsync(() => host.Ear.SentBy.Any(h => h.Session == client.SessionId), within: TimeSpan.FromSeconds(10));
                    return;
                }
                catch (TimeoutException)
                {
                    // Said again.
                }
            }

            Assert.Fail($"Call {number} spoke {MostTimes} times and was not heard.");
        }
        finally
        {
            speaking.Release();
        }
    }

    /// <returns>False: what came was its own, but not all of it came.</returns>
    private static bool HearsItsOwn(Answer answer, int number)
    {
        var sentences = AnswerTo(number);
        var own = string.Join(' ', sentences);
        if (answer.Frames.FirstOrDefault(f => f.Type == "ERROR") is { } error)
        {
            Assert.True((bool?)error.Payload["retryable"], error.Payload.ToJsonString());
            Assert.StartsWith(answer.Text.Trim(), own, StringComparison.Ordinal);
            return false;
        }

        Assert.True(own == answer.Text.Trim(), $"call {number} was told \"{answer.Text}\" in {string.Join(", ", answer.Frames.Select(f => f.Type))}");
        foreach (var sound in answer.Sounds)
        {
            var tone = MemoryMarshal.AsBytes(VoiceScript.SoundOf(sentences[(int)sound.Payload["sequence"]!]).AsSpan());
            var from = (int)((double)sound.Payload["start_ms"]! * 16) * sizeof(short);
            Assert.True(tone.Slice(from, sound.Binary.Length).SequenceEqual(sound.Binary), $"call {number} heard something else");
        }

        return Enumerable.Range(0, sentences.Length).All(i => answer.Samples(i).Length == VoiceScript.SamplesOf(sentences[i]));
    }

    // No two sentences are as long as each other, and by its length the scripted voice gives a sentence its tone.
    private static string[] AnswerTo(int number) => [Sentence(2 * number), Sentence((2 * number) + 1)];

    private static string Sentence(int number) => $"{new string((char)('a' + (number % 26)), 20 + number)}.";

    /// <returns>Whose sound is among it besides the call's own; the silence that the service hears when a microphone stalls is nobody's.</returns>
    private static string Foreign(ReadOnlySpan<short> sound, int mark)
    {
        Assert.False(sound.IsEmpty);
        var others = new SortedDictionary<int, int>();
        foreach (var sample in sound)
        {
            if (sample != 0 && (sample & 63) != mark)
            {
                others[sample & 63] = others.GetValueOrDefault(sample & 63) + 1;
            }
        }

        return string.Join(", ", others.Select(o => $"{o.Value} samples of call {o.Key} in {mark}"));
    }
}
