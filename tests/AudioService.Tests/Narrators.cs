using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Tests;

/// <summary>A narrator of a few synthesizers; its providers are looked after when the test starts them.</summary>
internal sealed class Narrators
{
    private readonly ServiceProvider services;

    public Narrators(SoundCache sounds, Dictionary<string, string[]> languages, params ISpeechSynthesizer[] synthesizers)
        : this(new TtsOptions { Providers = languages }, sounds, synthesizers)
    {
    }

    public Narrators(TtsOptions options, SoundCache sounds, params ISpeechSynthesizer[] synthesizers)
    {
        var collection = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationManager()).AddLogging().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton(sounds);
        collection.AddSingleton<IOptionsFactory<TtsOptions>>(new SetOptions<TtsOptions>(options));
        Array.ForEach(synthesizers, s => collection.AddSingleton(s));
        services = collection.AddVoicePipelines().AddNarrator().AddSingleton<VoiceCapability>().BuildServiceProvider();
    }

    public Narrator Narrator => services.GetRequiredService<Narrator>();

    public CapabilityReading? Voice => Reading(VoiceCapability.Name);

    public CapabilityReading? Reading(string capability) => services.GetRequiredService<Capabilities>().Snapshot().GetValueOrDefault(capability);

    public async Task StartAsync()
    {
        await services.GetRequiredService<VoiceCapability>().StartAsync(default);
        await services.GetRequiredService<Providers<ISpeechSynthesizer>>().StartAsync(default);
    }

    public Task StopAsync() => services.GetRequiredService<Providers<ISpeechSynthesizer>>().StopAsync(default);
}
