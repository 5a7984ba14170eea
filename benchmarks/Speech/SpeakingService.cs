using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Museum.Audio.V1;
using Museum.AudioService;
using Museum.AudioService.Synthesis;
using Museum.TestKit;

namespace Museum.Benchmarks.Speech;

/// <summary>AudioService whole, without a broker, and a caller over real gRPC.</summary>
internal sealed class SpeakingService : IAsyncDisposable
{
    private readonly TokenIssuer tokens = new();
    private readonly string data = Directory.CreateTempSubdirectory("museum-bench-voice-").FullName;
    private WebApplication? app;
    private GrpcChannel? channel;

    public Audio.V1.Speech.SpeechClient Client => new(channel!);

    public Metadata Caller { get; private set; } = [];

    public IEnumerable<ISpeechSynthesizer> Synthesizers => app!.Services.GetServices<ISpeechSynthesizer>();

    public async Task StartAsync()
    {
        await tokens.InitializeAsync();
        var ports = FreePorts.Take(2);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Services:sessionservice:http:0"] = tokens.Address,
            ["MUSEUM_DATA"] = data,
            ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{ports[0]}",
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{ports[1]}",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["Tts:Providers:en:0"] = "flite",
            ["Tts:Providers:en:1"] = "espeak-ng",
            ["Tts:Providers:zh:0"] = "espeak-ng",
            ["Tts:HighQuality:en:0"] = "festival",
            // Nothing but what is measured.
            ["Tts:Ahead:Enabled"] = "false",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        app = builder.AddAudioService().Build().MapAudioService();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress($"http://127.0.0.1:{ports[1]}");
        Caller = new() { { "authorization", "Bearer " + tokens.Token() } };
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await tokens.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
