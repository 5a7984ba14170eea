using Museum.AudioService.Ahead;
using Museum.AudioService.DashScope;
using Museum.AudioService.Edge;
using Museum.AudioService.Encodings;
using Museum.AudioService.Espeak;
using Museum.AudioService.Festival;
using Museum.AudioService.Flite;
using Museum.AudioService.Http;
using Museum.AudioService.OpenAi;
using Museum.AudioService.Recognition;
using Museum.AudioService.Remote;
using Museum.AudioService.Rpc;
using Museum.AudioService.Scripted;
using Museum.AudioService.Sentences;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Turns;
using Museum.AudioService.Vocabulary;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;

namespace Museum.AudioService;

/// <summary>AudioService's table of contents.</summary>
internal static class AudioServiceRegistration
{
    public static WebApplicationBuilder AddAudioService(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("audioservice");
        var services = builder.Services;
        string[] providers =
        [
            FliteSynthesizer.ProviderName, EspeakSynthesizer.ProviderName, DashScopeSynthesizer.ProviderName, OpenAiSynthesizer.ProviderName,
            EdgeSynthesizer.ProviderName, FestivalSynthesizer.ProviderName, ScriptedSynthesizer.ProviderName,
        ];
        services.AddRuntimeOptions<TtsOptions>(TtsOptions.Section)
            .Validate(
                tts => tts.Providers.Values.Concat(tts.HighQuality.Values).All(names => names.All(providers.Contains)),
                $"Tts:Providers and Tts:HighQuality: each name is one of {string.Join(", ", providers)}.");

        services.AddSpeechEngines();
        services.AddRemoteVoices();
        services.AddCache(KeptSound.Kind);
        services.AddSingleton<SoundCache>();
        services.AddLimit("tts", atOnce: 10);
        services.AddEarlyKeys();
        services.AddLimit("stt", atOnce: 5);
        services.AddHostedService<EngineLoad>();
        services.AddHostedService<WarmUp>();
        services.AddHostedService<VoiceCapability>();
        builder.AddRecognition();
        services.AddRemoteEars();
        services.AddSpeechAhead();
        services.AddPipeline(SpokenTurn.Pipeline, SpokenTurn.SetPipeline);
        services.AddSingleton<SpokenTurn>();
        services.AddSingleton<SoundFiles>();

        services.AddSingleton<SoundStore>();
        services.AddSingleton<IReleasesMemory>(provider => provider.GetRequiredService<SoundStore>());
        services.AddSingleton<SentenceSpeaker>();
        services.AddSingleton<SentenceGate>();
        builder.AddTurnMessaging(messaging =>
        {
            // As long as a holder waits for a voice (its Pacing:VoicePatience): on a busy machine a late announcement is still heard.
            messaging.PublishWithin = TimeSpan.FromSeconds(4);
            messaging.AddWorkConsumer<SentenceComposedConsumer, SentenceComposed>(SentenceComposedConsumer.Queue, SentenceComposedConsumer.Concurrency);
            messaging.AddBroadcastConsumer<TurnInterruptedConsumer, TurnInterrupted>();
            messaging.AddBroadcastConsumer<ContentChangedConsumer, ContentChanged>();
            messaging.AddWorkConsumer<SentencesForeseenConsumer, SentencesForeseen>(SentencesForeseenConsumer.Queue, concurrency: 1);
        });
        return builder;
    }

    public static WebApplication MapAudioService(this WebApplication app)
    {
        app.MapDefaultEndpoints();
        app.MapAudioApi();
        app.MapGrpcService<SpeechRpc>();
        return app;
    }
}
