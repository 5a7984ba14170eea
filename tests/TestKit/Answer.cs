using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>One answer as a client received it.</summary>
public sealed record Answer(long TurnId, IReadOnlyList<ServerFrame> Frames)
{
    public string Text => string.Concat(Of("RESPONSE").Select(f => (string?)f.Payload["content"]?["text"]));

    public IEnumerable<string> SourceIds => Of("SOURCES").SelectMany(f => f.Payload["exhibits"]!.AsArray()).Select(e => (string)e!["id"]!);

    public IEnumerable<string> Suggestions => Of("SUGGESTIONS").SelectMany(f => f.Payload["questions"]!.AsArray()).Select(q => (string)q!);

    /// <summary>Announced sound frames, in the order they came.</summary>
    public IReadOnlyList<ServerFrame> Sounds => [.. Of("AUDIO_META")];

    public IReadOnlyList<ServerFrame> Faces => [.. Of("AVATAR_TRACK")];

    /// <summary>16 bit samples of one sentence.</summary>
    public short[] Samples(int sequence)
    {
        byte[] bytes = [.. Sounds.Where(f => (int)f.Payload["sequence"]! == sequence).SelectMany(f => f.Binary)];
        var samples = new short[bytes.Length / 2];
        Buffer.BlockCopy(bytes, 0, samples, 0, samples.Length * 2);
        return samples;
    }

    public int IndexOf(Func<ServerFrame, bool> which)
    {
        for (var i = 0; i < Frames.Count; i++)
        {
            if (which(Frames[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private IEnumerable<ServerFrame> Of(string type) =>
        Frames.Where(f => f.Type == type && (f.Payload["turn_id"] is not JsonValue id || (long)id == TurnId));
}
