using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>
/// Questions whose answers are heard. On a busy machine a voice may come so late that a sentence is left to its text, and a face so late
/// that it is left out: then again, in a conversation of its own.
/// </summary>
internal static class Aloud
{
    private const int MostTimes = 5;

    /// <returns>An answer of which every sentence has been spoken to its end, with a face.</returns>
    public static async Task<Answer> HearAsync(this Suite suite, string question, string language = "en")
    {
        for (var times = 0; times < MostTimes; times++)
        {
            await using var client = await suite.TalkAsync(language);
            var answer = await client.ReceiveAnswerAsync(await client.AskAsync(question));
            var said = answer.Frames.Where(f => f.Payload["content"]?["text"] is not null).Select(SequenceOf).ToHashSet();
            var heard = answer.Sounds.Where(f => f.Binary.Length > 0).Select(SequenceOf).Intersect(answer.Sounds.Where(f => (bool?)f.Payload["last"] == true).Select(SequenceOf));
            if (said.SetEquals(heard) && said.SetEquals(answer.Faces.Select(SequenceOf)))
            {
                return answer;
            }
        }

        throw new TimeoutException($"Asked {MostTimes} times and never answered aloud and with a face: {question}");
    }

    /// <returns>Of an answer that has begun to be spoken: the question's id, and the turn.</returns>
    public static async Task<(string Id, long Turn)> BeginAsync(ProtocolClient client, string question)
    {
        for (var times = 0; times < MostTimes; times++)
        {
            var id = await client.AskAsync(question);
            for (var frame = await client.ReceiveAsync(); frame!.Type != "TURN_ENDED"; frame = await client.ReceiveAsync())
            {
                if (frame.Type == "AUDIO_META")
                {
                    return (id, (long)frame.Payload["turn_id"]!);
                }
            }
        }

        throw new TimeoutException($"Asked {MostTimes} times and never answered aloud: {question}");
    }

    private static int SequenceOf(ServerFrame frame) => (int)frame.Payload["sequence"]!;
}
