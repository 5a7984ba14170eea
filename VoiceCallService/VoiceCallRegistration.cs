using Museum.Contracts.Events;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;
using Museum.Text.V1;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Microphones;
using Museum.VoiceCallService.Quality;
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
        services.AddRuntimeOptions<VoiceCallOptions>(VoiceCallOptions.Section);
        services.AddRuntimeOptions<PacingOptions>(PacingOptions.Section);
        services.AddEndOfTurn();
        services.AddMicrophones();
        services.AddVoiceQuality();
        services.AddLiveCalls();
        services.AddContinuity();
        services.AddMuseumGrpcClient<Guide.GuideClient>("textservice", TimeSpan.FromSeconds(5));
        services.AddMuseumGrpcClient<Museum.Session.V1.Sessions.SessionsClient>("sessionservice", TimeSpan.FromSeconds(2));
        // TextService says at once that it has the question, so with one retry a visitor knows within a second. One that is back is asked
        // again within a second too.
        services.AddPipeline(GuideDialogue.Pipeline, o =>
        {
            (o.Timeout, o.Retries, o.FirstDelay) = (TimeSpan.FromMilliseconds(450), 1, TimeSpan.FromMilliseconds(20));
            (o.BreakerWindow, o.BreakFor) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        });
        // The voice was announced a moment ago: on a busy machine it is better late than never.
        services.AddPipeline(SoundSource.Pipeline, o => (o.Timeout, o.Retries, o.BreakFor) = (TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(1)));
        services.AddSuiteHealth("textservice", "audioservice", "avatarservice");
        services.AddEarlyKeys();
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
        services.AddSingleton<GuideDialogue>();
        services.AddSingleton<TurnClosing>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnNumbers>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<GuideStatus>();
        services.AddSingleton<ServerLoad>();
        // A call costs about 250 KB; whether the machine bears so many, the waits tell.
        services.AddLimit(CallAdmission.Limit, atOnce: 500, limit => (limit.Min, limit.Max, limit.TargetWait, limit.Window) = (50, 1_000, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5)));
        services.AddSingleton<CallAdmission>();
        services.AddHostedService(provider => provider.GetRequiredService<CallAdmission>());
        services.AddSingleton<ErrorFrames>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Opening>();
        services.AddSingleton<ConnectionParts>();
    }
}
