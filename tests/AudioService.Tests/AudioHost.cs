using Grpc.Net.Client;
using Museum.AudioService.Sentences;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Tests;

/// <summary>AudioService as it is, on real Kestrel, with a real broker between it and a holder of turns.</summary>
public sealed class AudioHost : IAsyncLifetime
{
    private readonly int[] ports = FreePorts.Take(2);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-audio-");

    internal RabbitMqServer Broker { get; } = new();

    internal TokenIssuer Tokens { get; } = new();

    internal TurnHolder Holder { get; private set; } = null!;

    internal WebApplication App { get; private set; } = null!;

    internal string GrpcUrl => $"http://127.0.0.1:{ports[1]}";

    internal string ServiceUrl => $"http://127.0.0.1:{ports[0]}";

    public async Task InitializeAsync()
    {
        await Task.WhenAll(Broker.StartAsync(), Tokens.InitializeAsync());
        var common = new Dictionary<string, string>
        {
            ["ConnectionStrings:messaging"] = Broker.ConnectionString,
            ["Services:sessionservice:http:0"] = Tokens.Address,
            ["MUSEUM_DATA"] = data.FullName,
        };
        App = Builder(new(common)
        {
            ["Kestrel:Endpoints:http:Url"] = ServiceUrl,
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = GrpcUrl,
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            // The longest there is: the tests may run on a very busy machine.
            ["Tts:TimesGrace"] = "00:00:01",
            ["Tts:TooLate"] = "00:01:00",
            ["Tts:Providers:en:0"] = "flite",
            ["Tts:Providers:en:1"] = "espeak-ng",
            ["Tts:Providers:zh:0"] = "espeak-ng",
        }).AddAudioService().Build().MapAudioService();
        await App.StartAsync();
        Holder = await TurnHolder.StartAsync(Builder(common));
        var events = App.Services.GetRequiredService<IEventPublisher>();
        await Eventually.TrueAsync(() => events.IsConnected);
    }

    public async Task DisposeAsync()
    {
        await Holder.DisposeAsync();
        await App.DisposeAsync();
        await Tokens.DisposeAsync();
        await ((IAsyncLifetime)Broker).DisposeAsync();
        data.Delete(recursive: true);
    }

    internal HttpClient Client(bool withToken = true)
    {
        var client = new HttpClient { BaseAddress = new Uri(ServiceUrl), Timeout = Eventually.DefaultTimeout };
        if (withToken)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Token());
        }

        return client;
    }

    internal GrpcChannel Channel() => GrpcChannel.ForAddress(GrpcUrl);

    /// <summary>Not the tests' own folder: settings of the services under test lie there.</summary>
    internal static WebApplicationBuilder Builder(Dictionary<string, string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }
}
