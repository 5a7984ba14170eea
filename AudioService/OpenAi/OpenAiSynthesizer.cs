using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;

namespace Museum.AudioService.OpenAi;

/// <summary>
/// A voice by <c>POST /v1/audio/speech</c>, streamed. It tells no times: words and phones are those of a local engine, stretched over
/// what was heard, and known when the sentence is over. Pitch is not among its parameters, so it stays the voice's own.
/// </summary>
internal sealed class OpenAiSynthesizer : ISpeechSynthesizer, IDisposable
{
    public const string ProviderName = "openai";

    /// <summary>A sentence's: <c>Resilience:openai_voice</c>.</summary>
    public const string PipelineName = "openai_voice";

    public static readonly RemoteService Service = new("The OpenAI-compatible voice", PipelineName, "Tts:OpenAi:Key");

    private readonly IOptionsMonitor<OpenAiVoiceOptions> options;
    private readonly LocalReader reader;
    private readonly RemoteHealth health;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public OpenAiSynthesizer(LocalReader reader, IOptionsMonitor<OpenAiVoiceOptions> options, TimeProvider time)
    {
        (this.options, this.reader, this.time, health) = (options, reader, time, new RemoteHealth(time));
        // Answers stream for as long as they are long; the deadlines are this class's.
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = Settings.ConnectTimeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        Voices = [.. Settings.Voices.Select(v => new Voice(v.Value, v.Key, ProviderName))];
    }

    public string Name => ProviderName;

    public string Pipeline => PipelineName;

    public IReadOnlyList<Voice> Voices { get; }

    private OpenAiVoiceOptions Settings => options.CurrentValue;

    public bool Speaks(string language) => Settings.Voices.ContainsKey(language);

    public bool ReadsEveryScript => true;

    public string Voicing(Utterance utterance) => $"{Settings.BaseUrl} {Settings.Model} {Settings.Format} {Settings.SampleRate} {VoiceOf(utterance)}";

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => Settings.BaseUrl.Length == 0
        ? ValueTask.FromResult<string?>(NotConfigured().Message)
        : health.ProbeAsync(async token => (await SendAsync(new HttpRequestMessage(HttpMethod.Get, Address("models")), token)).Dispose(), ct);

    public IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, CancellationToken ct)
    {
        // Of one moment: a sentence that has begun ends as it was asked for.
        var settings = Settings;
        return RemoteSentence.Text(utterance.Text) is { } text
            ? RemoteSentence.SpeakAsync(
                new RemoteSound(settings.SampleRate, Container(settings.Format)),
                text,
                token => reader.ReadAsync(utterance, token),
                (sentence, token) => health.WatchAsync(() => SpeakAsync(utterance, text, settings, sentence, token)),
                ct)
            : AsyncEnumerable.Empty<SpeechPiece>();
    }

    public void Dispose() => http.Dispose();

    private async Task SpeakAsync(Utterance utterance, SpokenText text, OpenAiVoiceOptions settings, RemoteSentence sentence, CancellationToken ct)
    {
        if (Settings.BaseUrl.Length == 0)
        {
            throw NotConfigured();
        }

        sentence.BeginPart();
        var request = new
        {
            model = settings.Model,
            input = text.Text,
            voice = VoiceOf(utterance),
            response_format = settings.Format,
            speed = utterance.Rate,
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, Address("audio/speech")) { Content = JsonContent.Create(request) };
        using var response = await SendAsync(message, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        // 85 ms of PCM at 24 kHz: what has arrived is passed on, more is not waited for.
        var buffer = new byte[4_096];
        while (await ReadAsync(stream, buffer, ct) is > 0 and var length)
        {
            await sentence.SoundAsync(buffer.AsMemory(0, length));
        }

        await sentence.EndPartAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = Settings.Key.Length > 0 ? new AuthenticationHeaderValue("Bearer", Settings.Key) : null;
        HttpResponseMessage response;
        try
        {
            response = await Service.WithinAsync(
                Settings.FirstResultTimeout, time, "answer", token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), ct);
        }
        catch (HttpRequestException e)
        {
            throw Service.Unreachable(e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Service.Refused(response.StatusCode, response.Headers.RetryAfter?.Delta);
        }
    }

    private async Task<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await Service.WithinAsync(Settings.FirstResultTimeout, time, "send sound", token => stream.ReadAsync(buffer, token).AsTask(), ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Service.BrokeOff(e);
        }
    }

    private Uri Address(string path) => new($"{Settings.BaseUrl.TrimEnd('/')}/{path}");

    private static string? Container(string format) => format switch { "pcm" => null, "opus" => "ogg", var same => same };

    private static ServiceDefaults.Errors.DependencyException NotConfigured() =>
        new("openai_voice_not_configured", "The OpenAI-compatible voice has no address: set Tts:OpenAi:BaseUrl.");

    private string VoiceOf(Utterance utterance) => utterance.Voice ?? Settings.Voices[utterance.Language];
}
