using Museum.AudioService.DashScope;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests.Remote;

/// <summary>A voice of DashScope against a service on this machine that follows the published protocol.</summary>
public abstract class DashScopeVoice(Engines engines) : IAsyncLifetime
{
    protected const string Chinese = "《星月夜》是梵高在1889年画的。";

    private ServiceProvider? services;

    protected Engines Engines => engines;

    protected ManualTime Time { get; } = new();

    internal DashScopeServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await DashScopeServer.StartAsync(Time);

    public async Task DisposeAsync()
    {
        await (services?.DisposeAsync() ?? default);
        await Server.DisposeAsync();
    }

    internal DashScopeSynthesizer Voice(Func<DashScopeSettings, DashScopeSettings>? change = null, string format = "pcm")
    {
        var settings = change?.Invoke(new()) ?? new();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("DashScope:Url", Server.Url), new("DashScope:Key", settings.Key),
            new("Pools:dashscope:Max", $"{settings.Connections}")]).Build();
        services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Time).AddRemoteVoices().BuildServiceProvider();
        var connections = services.GetRequiredService<DashScopeConnections>();
        return new DashScopeSynthesizer(connections, new LocalReader(engines.Flite, engines.Espeak), new SetOptions<DashScopeVoiceOptions>(new() { Format = format }));
    }

    /// <summary>While it runs.</summary>
    internal void Set(string key, string value)
    {
        var configuration = (IConfigurationRoot)services!.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    internal static Task<Heard> SayAsync(DashScopeSynthesizer voice, Utterance utterance) => Heard.AllAsync(voice.SynthesizeAsync(utterance, default)).SoonAsync();

    internal static Task<T> FailsAsync<T>(DashScopeSynthesizer voice)
        where T : Exception =>
        Assert.ThrowsAsync<T>(() => SayAsync(voice, new Utterance(Chinese, "zh")));

    internal sealed record DashScopeSettings(string Key = DashScopeServer.Key, int Connections = 4);
}
