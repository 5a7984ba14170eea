using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.ServiceDefaults.Errors;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Models;

namespace Museum.AudioService.OpenAi;

/// <summary>The server, spoken to by the official client; its failures told as the house tells them.</summary>
internal sealed class OpenAiEarService(IOptionsMonitor<OpenAiEarOptions> options)
{
    public static readonly RemoteService Service = new("The OpenAI-compatible recogniser", OpenAiRecognizer.Pipeline, "Stt:OpenAi:Key");

    private const string FileName = "utterance.wav";
    private const string NoSuchRequest = "openai_ear_refused";

    /// <summary>Null: there is a server to ask.</summary>
    public DependencyException? NotConfigured => Settings.BaseUrl.Length > 0
        ? null
        : new("openai_ear_not_configured", "The OpenAI-compatible recogniser has no address: set Stt:OpenAi:BaseUrl.") { Refused = true };

    /// <summary>Any answer to the list of models shows that the server lives; not every one has that list.</summary>
    public async Task KnockAsync(CancellationToken ct)
    {
        try
        {
            await AskAsync(() => new OpenAIModelClient(Credential, Options).GetModelsAsync(ct));
        }
        catch (DependencyException e) when (e.Code == NoSuchRequest)
        {
            // No list, but somebody who says so.
        }
    }

    /// <exception cref="MuseumException">It did not tell what was said.</exception>
    public async Task<AudioTranscription> TranscribeAsync(byte[] wav, string language, CancellationToken ct)
    {
        var heard = await AskAsync(async () => (await Client.TranscribeAudioAsync(new MemoryStream(wav), FileName, Wanted(language, Settings.Format == "verbose_json"), ct)).Value);
        return heard.Text is null ? throw Service.Garbled() : heard;
    }

    /// <summary>The text so far, whenever there is more of it.</summary>
    /// <exception cref="MuseumException">It broke off, or never began.</exception>
    public async IAsyncEnumerable<string> StreamAsync(byte[] wav, string language, [EnumeratorCancellation] CancellationToken ct)
    {
#pragma warning disable OPENAI001 // Streaming is marked experimental in the client, not in OpenAI's API.
        var (text, isDone) = ("", false);
        await using var opened = await AskAsync(() => Client.TranscribeAudioStreamingAsync(new MemoryStream(wav), FileName, Wanted(language, verbose: false), ct));
        await using var updates = ((IAsyncEnumerable<StreamingAudioTranscriptionUpdate>)opened).GetAsyncEnumerator(ct);
        while (await AskAsync(() => updates.MoveNextAsync().AsTask()))
        {
            (text, isDone) = updates.Current switch
            {
                StreamingAudioTranscriptionTextDeltaUpdate delta => (text + delta.Delta, false),
                StreamingAudioTranscriptionTextDoneUpdate done => (done.Text, true),
                _ => (text, isDone),
            };
            yield return text.Trim();
        }
#pragma warning restore OPENAI001

        if (!isDone)
        {
            throw Service.BrokeOff();
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (Reading(e) is { } reading)
        {
            throw reading;
        }
    }

    private OpenAiEarOptions Settings => options.CurrentValue;

    private AudioClient Client => new(Settings.Model, Credential, Options);

    private ApiKeyCredential Credential => new(Settings.Key.Length == 0 ? "none" : Settings.Key);

    // The client shares one HTTP transport among all: making one is cheap. Deadlines and retries are the pipeline's.
    private OpenAIClientOptions Options => new() { Endpoint = new Uri(Settings.BaseUrl), NetworkTimeout = Timeout.InfiniteTimeSpan, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };

    private static AudioTranscriptionOptions Wanted(string language, bool verbose) => new()
    {
        Language = language,
        ResponseFormat = verbose ? AudioTranscriptionFormat.Verbose : AudioTranscriptionFormat.Simple,
        TimestampGranularities = verbose ? AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment : AudioTimestampGranularities.Default,
    };

    /// <summary>Null: it is the house's already, or a defect of ours.</summary>
    private MuseumException? Reading(Exception exception) => exception switch
    {
        ClientResultException { Status: 0 } e => Service.Unreachable(e),
        ClientResultException { Status: 413 } => new ClientException("audio_too_long", "The recogniser takes no recording that is so long.", 413),
        ClientResultException { Status: >= 400 and < 500 and not (401 or 403 or 408 or 429) } e => new DependencyException(
            NoSuchRequest, $"The OpenAI-compatible recogniser refused the request with status {e.Status}: check Stt:OpenAi:BaseUrl, :Model and :Format.", e) { Refused = true },
        ClientResultException e => Service.Refused((HttpStatusCode)e.Status, RetryAfter(e)),
        HttpRequestException or IOException => Service.BrokeOff(exception),
        NotSupportedException => new DependencyException(
            NoSuchRequest, $"The model {Settings.Model} does not stream: set Stt:OpenAi:Stream to false, or another Stt:OpenAi:Model.", exception) { Refused = true },
        JsonException or FormatException or InvalidOperationException or KeyNotFoundException => Service.Garbled(exception),
        _ => null,
    };

    private static TimeSpan? RetryAfter(ClientResultException e) =>
        e.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out var value) && int.TryParse(value, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
