using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.Text.V1;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Sessions;

/// <summary>What REGISTER settled for a session, and what REQUESTs may change.</summary>
internal sealed class ClientSession(string id, AccessToken token, RegisterPayload register) : IDisposable
{
    /// <summary>Requests that were seen, so that one sent twice is answered once; the last 64.</summary>
    private const int RememberedRequests = 64;

    /// <summary>Interruptions in a row that the next question still tells of.</summary>
    private const int MostHeard = 20;

    private readonly HashSet<string> features = [.. (register.Features ?? []).Intersect(Contracts.Protocol.Features.All)];
    private readonly Queue<string> requests = new();
    private readonly List<Heard> heard = [];
    private long epoch;

    public string Id { get; } = id;

    public AccessToken Token { get; private set; } = token;

    /// <summary>Raised whenever the call changes hands; every write and every event carries it.</summary>
    public long Epoch { get => Volatile.Read(ref epoch); set => Volatile.Write(ref epoch, value); }

    /// <summary>Of <c>POST /api/voice/start</c>, of the ticket that it was opened or resumed with last; null: of none.</summary>
    public string? CallId { get; set; }

    /// <summary>When the call was opened, on whichever replica; null: not yet.</summary>
    public DateTimeOffset? CallBegan { get; set; }

    /// <summary>Another replica goes on with the call: what ends here is not over.</summary>
    public bool IsElsewhere { get; set; }

    public string Platform { get; } = register.Platform ?? "WEB";

    /// <summary>Else the guide never speaks first.</summary>
    public bool WantsGreeting { get; } = register.Greeting;

    public string? Language { get; } = Languages.Normalize(register.Language);

    /// <summary>The language of what the guide says by itself, and of who speaks without having said which.</summary>
    public string SpokenLanguage => Language ?? "en";

    public bool RequireTts { get; set; } = register.RequireTts;

    public bool EnableSrs { get; set; } = register.EnableSrs;

    public IReadOnlyList<JsonElement> Functions { get; set; } = register.FunctionCalling ?? [];

    public SystemPrompt? SystemPrompt { get; set; } = register.SystemPrompt;

    public SceneContext? Scene { get; set; } = register.SceneContext;

    /// <summary>Told of every piece of the guide's voice, and when it will sound; null: nobody listens to the microphone.</summary>
    public Action<SoundPiece, long>? Played { get; set; }

    /// <summary>Told of every spoken question how long after its end the answer's first sound came; null as above.</summary>
    public Action<TimeSpan>? Answered { get; set; }

    public VoiceSettings Voice { get; set; } = register.Voice ?? new VoiceSettings();

    public AudioFormat Output { get; } = register.Audio?.Output ?? new AudioFormat();

    public IReadOnlyCollection<string> Features => features;

    public bool Wants(string feature) => features.Contains(feature);

    /// <summary>False: a request of that id was here before.</summary>
    public bool Remember(string requestId)
    {
        lock (requests)
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
    }

    /// <summary>Those that a client may send again after a break.</summary>
    public IReadOnlyList<string> RecentRequests()
    {
        lock (requests)
        {
            return [.. requests.TakeLast(8)];
        }
    }

    /// <summary>What another holder knew of it.</summary>
    public void Restore(CallState state)
    {
        (CallId, CallBegan) = (state.CallId, state.Began);
        foreach (var request in state.Requests)
        {
            Remember(request);
        }

        foreach (var (turn, text) in state.Heard)
        {
            AddHeard(turn, text);
        }
    }

    /// <summary>The visitor came back with another token for the same session.</summary>
    public void Renew(AccessToken token)
    {
        using (Token)
        {
            Token = token;
        }
    }

    /// <summary>An interrupted answer counts only as far as it was heard; the next turn carries that.</summary>
    public void AddHeard(long turn, string text)
    {
        lock (heard)
        {
            heard.Add(new Heard { TurnId = turn, Text = text });
        }
    }

    public IReadOnlyList<Heard> PendingHeard()
    {
        lock (heard)
        {
            return [.. heard.TakeLast(MostHeard)];
        }
    }

    public IReadOnlyList<Heard> TakeHeard()
    {
        lock (heard)
        {
            Heard[] taken = [.. heard.TakeLast(MostHeard)];
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
