using Museum.Contracts.Events;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.Text.V1;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Status;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService;

internal static class VoiceCallRegistration
{
    public static void AddVoiceCalls(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<VoiceCallOptions>().BindConfiguration(VoiceCallOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMuseumGrpcClient<Guide.GuideClient>("textservice", TimeSpan.FromSeconds(5));
        services.AddMuseumGrpcClient<Museum.Session.V1.Sessions.SessionsClient>("sessionservice", TimeSpan.FromSeconds(2));
        services.AddSuiteHealth("textservice", "audioservice", "avatarservice");
        builder.AddTurnMessaging(messaging =>
        {
            messaging.AddHolderConsumer<TurnConsumers, SentenceSpoken>();
            messaging.AddHolderConsumer<TurnConsumers, SentenceFailed>();
            messaging.AddHolderConsumer<TurnConsumers, SentenceAnimated>();
        });

        services.AddSingleton<SentenceIntake>();
        services.AddSingleton<ReplicaChannels>();
        services.AddSingleton<SoundSource>();
        services.AddSingleton<SpeechParts>();
        services.AddSingleton<TurnTelemetry>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnNumbers>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<GuideStatus>();
        services.AddSingleton<ServerLoad>();
        services.AddSingleton<Opening>();
        services.AddSingleton<ConnectionParts>();
    }
}
