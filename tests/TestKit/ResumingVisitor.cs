using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>A visitor whose connection breaks and who comes back to the conversation: what came over all connections, in order, and where it goes on.</summary>
public sealed class ResumingVisitor(string token, string language = "en", bool voice = true) : IAsyncDisposable
{
    private readonly List<ServerFrame> frames = [];
    private ProtocolClient? client;

    /// <summary>Messages that carry a number, once each; a client that is shown one a second time has a defect to tell of.</summary>
    public IReadOnlyList<ServerFrame> Frames => frames;

    public string SessionId { get; private set; } = "";

    public string? ResumeToken { get; private set; }

    public long LastSeq { get; private set; }

    /// <summary>Whether it says up to where it has the guide's sound when it comes back.</summary>
    public bool TellsSound { get; init; } = true;

    /// <summary>What the last REGISTER_ACK said; null: it was not asked.</summary>
    public bool? Resumed { get; private set; }

    /// <summary>The connection of this moment.</summary>
    public ProtocolClient Client => client!;

    /// <summary>The first time it opens a conversation, then it resumes that.</summary>
    public async Task ConnectAsync(Uri address)
    {
        object? resume = ResumeToken is { } known ? new { session_id = SessionId, resume_token = known, last_seq = LastSeq, sound = SoundSoFar() } : null;
        client = await ProtocolClient.RegisterAsync(address, token, language, voice, resume: resume);
        (SessionId, ResumeToken, Resumed) = (client.SessionId!, (string?)client.Welcome!["resume_token"], (bool?)client.Welcome["resumed"]);
        LastSeq = Resumed == true ? LastSeq : 0;
    }

    /// <summary>Up to where the guide's sound has come.</summary>
    private object? SoundSoFar() => !TellsSound ? null : frames.LastOrDefault(f => f.Type == "AUDIO_META")?.Payload is { } last
        ? new { turn_id = (long)last["turn_id"]!, sequence = (int)last["sequence"]!, end_ms = (double)last["start_ms"]! + (double)last["duration_ms"]! }
        : new { turn_id = 0L, sequence = 0, end_ms = 0d };

    public void Cut() => Client.Cut();

    /// <summary>The next frame; null when the connection has ended, in whatever way.</summary>
    public async Task<ServerFrame?> ReceiveAsync()
    {
        try
        {
            if (await Client.ReceiveAsync() is not { } frame)
            {
                return null;
            }

            frames.Add(frame);
            LastSeq = frame.Payload["seq"] is { } seq ? (long)seq : LastSeq;
            return frame;
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Until such a frame comes.</summary>
    /// <exception cref="InvalidOperationException">The connection ended before.</exception>
    public async Task<ServerFrame> ReceiveAsync(string type, Func<JsonObject, bool>? which = null)
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (frame.Type == type && which?.Invoke(frame.Payload) != false)
            {
                return frame;
            }
        }

        throw new InvalidOperationException($"The connection ended before {type} came.");
    }

    /// <summary>Everything of one turn that has come so far.</summary>
    public Answer AnswerOf(long turn) => new(turn, [.. frames.Where(f => f.Payload["turn_id"] is JsonValue of && (long)of == turn)]);

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }
    }
}
