using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.Text.V1;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Sessions;

/// <summary>What REGISTER settled for a session, and what REQUESTs may change.</summary>
internal sealed class ClientSession(string id, AccessToken token, RegisterPayload register) : IDisposable
{
    /// <summary>Requests that were seen, so that one sent twice is answered once; the last 64.</summary>
    private const int RememberedRequests = 64;

    private readonly HashSet<string> features = [.. (register.Features ?? []).Intersect(Contracts.Protocol.Features.All)];
    private readonly Queue<string> requests = new();
    private readonly List<Heard> heard = [];

    public string Id { get; } = id;

    public AccessToken Token { get; } = token;

    public string Platform { get; } = register.Platform ?? "WEB";

    public string? Language { get; } = Languages.Normalize(register.Language);

    public bool RequireTts { get; set; } = register.RequireTts;

    public bool EnableSrs { get; set; } = register.EnableSrs;

    public IReadOnlyList<JsonElement> Functions { get; set; } = register.FunctionCalling ?? [];

    public SystemPrompt? SystemPrompt { get; set; } = register.SystemPrompt;

    public SceneContext? Scene { get; set; } = register.SceneContext;

    /// <summary>Told of every piece of the guide's voice, and when it will sound; null: nobody listens to the microphone.</summary>
    public Action<SoundPiece, long>? Played { get; set; }

    public AudioFormat Output { get; } = register.Audio?.Output ?? new AudioFormat();

    public IReadOnlyCollection<string> Features => features;

    public bool Wants(string feature) => features.Contains(feature);

    /// <summary>False: a request of that id was here before.</summary>
    public bool Remember(string requestId)
    {
        if (requests.Contains(requestId))
        {
            return false;
        }

        requests.Enqueue(requestId);
        if (requests.Count > RememberedRequests)
        {
            requests.Dequeue();
        }

        return true;
    }

    /// <summary>An interrupted answer counts only as far as it was heard; the next turn carries that.</summary>
    public void AddHeard(long turn, string text)
    {
        lock (heard)
        {
            heard.Add(new Heard { TurnId = turn, Text = text });
        }
    }

    public IReadOnlyList<Heard> TakeHeard()
    {
        lock (heard)
        {
            Heard[] taken = [.. heard.TakeLast(20)];
            heard.Clear();
            return taken;
        }
    }

    /// <summary>The turn that had taken them was discarded.</summary>
    public void GiveBackHeard(IEnumerable<Heard> taken)
    {
        lock (heard)
        {
            heard.InsertRange(0, taken);
        }
    }

    public void Dispose() => Token.Dispose();
}
