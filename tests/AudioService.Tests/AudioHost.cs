using Grpc.Net.Client;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sentences;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Tests.Recognition;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Tests;

/// <summary>AudioService as it is, on real Kestrel, with a real broker between it and a holder of turns.</summary>
public sealed class AudioHost : IAsyncLifetime
{
    private readonly int[] ports = FreePorts.Take(3);
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-audio-");

    internal RabbitMqServer Broker { get; } = new();

    internal TokenIssuer Tokens { get; } = new();

    internal TurnHolder Holder { get; private set; } = null!;

    internal GuideServer Guide { get; private set; } = null!;

    internal WebApplication App { get; private set; } = null!;

    internal string GrpcUrl => $"http://127.0.0.1:{ports[1]}";

    internal string ServiceUrl => $"http://127.0.0.1:{ports[0]}";

    public async Task InitializeAsync()
    {
        await Task.WhenAll(Broker.StartAsync(), Tokens.InitializeAsync());
        Guide = await GuideServer.StartAsync(ports[2], MuseumVocabulary.Read());
        var common = new Dictionary<string, string>
        {
            ["ConnectionStrings:messaging"] = Broker.ConnectionString,
            ["Services:sessionservice:http:0"] = Tokens.Address,
            ["Resilience:sessionservice:Timeout"] = "00:00:30",
            ["Resilience:textservice:Timeout"] = "00:00:30",
            // Tests of a guide that fails are not to keep the others from theirs.
            ["Resilience:textservice:BreakerThroughput"] = "10000",
            ["Services:textservice:grpc:0"] = $"http://127.0.0.1:{ports[2]}",
            ["MUSEUM_DATA"] = data.FullName,
        };
        App = Builder(new(common)
        {
            ["Kestrel:Endpoints:http:Url"] = ServiceUrl,
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = GrpcUrl,
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            // The longest there are: the tests may run on a very busy machine.
            ["Tts:TimesGrace"] = "00:00:10",
            ["Resilience:events:Timeout"] = "00:00:30",
            ["Limits:stt:Min"] = "5",
            ["Limits:tts:Min"] = "10",
            ["Pools:flite:Timeout"] = "00:01:00",
            ["Pools:espeak-ng:Timeout"] = "00:01:00",
            ["Pools:festival:Timeout"] = "00:01:00",
            ["Pools:ffmpeg:Timeout"] = "00:01:00",
            ["Pools:pocketsphinx:Timeout"] = "00:01:00",
            ["Tts:Providers:en:0"] = "flite",
            ["Tts:Providers:en:1"] = "espeak-ng",
            ["Tts:Providers:zh:0"] = "espeak-ng",
            ["Stt:Providers:en:0"] = "pocketsphinx",
            ["Stt:DecodeTimeout"] = "00:01:00",
            ["Tts:HighQuality:en:0"] = "festival",
        }).AddAudioService().Build().MapAudioService();
        await App.StartAsync();
        Holder = await TurnHolder.StartAsync(Builder(common));
        var events = App.Services.GetRequiredService<IEventPublisher>();
        var voices = App.Services.GetRequiredService<Providers<ISpeechSynthesizer>>();
        // A voice that is not up yet would leave its sentences to the next.
        await Eventually.TrueAsync(() => events.IsConnected && voices.Capabilities.Values.All(c => c.Providers.All(p => p.IsUp)));
    }

    public async Task DisposeAsync()
    {
        await Holder.DisposeAsync();
        await App.DisposeAsync();
        await Guide.DisposeAsync();
        await Tokens.DisposeAsync();
        await ((IAsyncLifetime)Broker).DisposeAsync();
        data.Delete(recursive: true);
    }

    /// <summary>When it has learned the museum's words: seconds of a processor.</summary>
    internal Task HearingAsync() => Eventually.TrueAsync(
        () => App.Services.GetRequiredService<Capabilities>().Snapshot().GetValueOrDefault(HearingCapability.Of("en"))?.State == CapabilityState.Ok, within: TimeSpan.FromMinutes(3));

    internal HttpClient Client(bool withToken = true)
    {
        var client = new HttpClient { BaseAddress = new Uri(ServiceUrl), Timeout = Eventually.DefaultTimeout };
        if (withToken)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Token());
        }

        return client;
    }

    /// <summary>While it runs.</summary>
    internal void Set(string key, string value)
    {
        var configuration = (IConfigurationRoot)App.Configuration;
        configuration[key] = value;
        configuration.Reload();
    }

    internal GrpcChannel Channel() => GrpcChannel.ForAddress(GrpcUrl);

    /// <summary>Not the tests' own folder: settings of the services under test lie there.</summary>
    internal static WebApplicationBuilder Builder(Dictionary<string, string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }
}
