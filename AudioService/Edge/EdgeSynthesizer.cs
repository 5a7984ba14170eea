using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Edge;

/// <summary>The voices of Edge's "read aloud", an unofficial service (see <see cref="EdgeVoiceOptions"/>): mp3 and word times, both streamed.</summary>
internal sealed class EdgeSynthesizer(LocalReader reader, IOptionsMonitor<EdgeVoiceOptions> options, TimeProvider time) : ISpeechSynthesizer
{
    public const string ProviderName = "edge";

    /// <summary>A sentence's: <c>Resilience:edge_voice</c>.</summary>
    public const string PipelineName = "edge_voice";

    public static readonly RemoteService Service = new("Edge's read-aloud (unofficial)", PipelineName, "Tts:Edge:TrustedClientToken");

    // The format that EdgeFrames.Config asks for.
    private static readonly RemoteSound Mp3 = new(24_000, "mp3");

    private readonly EdgeToken token = new(time);
    private readonly RemoteHealth health = new(time);

    public string Name => ProviderName;

    public string Pipeline => PipelineName;

    public IReadOnlyList<Voice> Voices { get; } = [.. options.CurrentValue.Voices.Select(v => new Voice(v.Value, v.Key, ProviderName))];

    private EdgeVoiceOptions Settings => options.CurrentValue;

    public bool Speaks(string language) => Settings.Voices.ContainsKey(language);

    public string Voicing(Utterance utterance) => VoiceOf(utterance);

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => Settings.TrustedClientToken.Length == 0
        ? ValueTask.FromResult<string?>(Service.NoKey().Message)
        : health.ProbeAsync(async ct => await (await ConnectAsync(ct)).CloseAsync(), ct);

    public IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, CancellationToken ct) => RemoteSentence.Text(utterance.Text) is { } text
        ? RemoteSentence.SpeakAsync(
            Mp3, text, token => reader.ReadAsync(utterance, token), (sentence, token) => health.WatchAsync(() => SpeakAsync(utterance, text, sentence, token)), ct)
        : AsyncEnumerable.Empty<SpeechPiece>();

    private async Task SpeakAsync(Utterance utterance, SpokenText text, RemoteSentence sentence, CancellationToken ct)
    {
        // One part after another on one connection: the service speaks one text at a time.
        sentence.BeginPart();
        using var socket = await ConnectAsync(ct);
        await socket.SendAsync(EdgeFrames.Config(token.Now), ct);
        foreach (var (i, part) in EdgeText.Split(text.Text).Index())
        {
            if (i > 0)
            {
                sentence.BeginPart();
            }

            var request = Guid.NewGuid().ToString("N");
            var before = (double)sentence.Samples / Mp3.SampleRate;
            var ssml = EdgeText.Ssml(part, VoiceOf(utterance), utterance);
            await socket.SendAsync(EdgeFrames.Speak(ssml, request, token.Now), ct);
            while (await TakeAsync(socket, sentence, before, ct))
            {
            }

            await sentence.EndPartAsync();
        }

        await socket.CloseAsync();
    }

    /// <summary>One message; false when the part is over.</summary>
    private async Task<bool> TakeAsync(RemoteSocket socket, RemoteSentence sentence, double before, CancellationToken ct)
    {
        var (kind, message) = await Service.WithinAsync(Settings.FirstResultTimeout, time, "send a result", socket.ReceiveAsync, ct);
        if (kind == WebSocketMessageType.Binary)
        {
            await sentence.SoundAsync(EdgeFrames.Sound(message));
            return true;
        }

        var (path, _, body) = EdgeFrames.Parse(message.Span);
        if (path == "audio.metadata")
        {
            foreach (var (word, start, end) in EdgeFrames.Words(body))
            {
                await sentence.WordAsync(word, before + start, before + end);
            }
        }

        return path != "turn.end";
    }

    private async Task<RemoteSocket> ConnectAsync(CancellationToken ct)
    {
        if (Settings.TrustedClientToken.Length == 0)
        {
            throw Service.NoKey();
        }

        try
        {
            return await OpenAsync(ct);
        }
        catch (HandshakeRefusedException e) when (e is { Status: HttpStatusCode.Forbidden, Date: { } servers })
        {
            token.Correct(servers);
        }
        catch (HandshakeRefusedException e)
        {
            throw Refused(e);
        }

        try
        {
            return await OpenAsync(ct);
        }
        catch (HandshakeRefusedException e)
        {
            throw Refused(e);
        }
    }

    private static MuseumException Refused(HandshakeRefusedException e) => Service.Refused(e.Status, e.RetryAfter);

    private Task<RemoteSocket> OpenAsync(CancellationToken ct)
    {
        var version = Settings.BrowserVersion;
        var major = version[..version.IndexOf('.', StringComparison.Ordinal)];
        var url = string.Create(
            CultureInfo.InvariantCulture,
            $"{Settings.Url}?TrustedClientToken={Uri.EscapeDataString(Settings.TrustedClientToken)}&ConnectionId={Guid.NewGuid():N}&Sec-MS-GEC={token.Compute(Settings.TrustedClientToken)}&Sec-MS-GEC-Version=1-{version}");
        var headers = new Dictionary<string, string>
        {
            ["Pragma"] = "no-cache",
            ["Cache-Control"] = "no-cache",
            ["Origin"] = "chrome-extension://jdiccldimpdaibmpdkjnbmckianbafea",
            ["User-Agent"] = $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36 Edg/{major}.0.0.0",
        };
        return RemoteSocket.OpenAsync(Service, new Uri(url), headers, Settings.ConnectTimeout, ct);
    }

    private string VoiceOf(Utterance utterance) => utterance.Voice ?? Settings.Voices[utterance.Language];
}
