using Museum.AvatarService.Rpc;
using Museum.AvatarService.Sentences;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;

namespace Museum.AvatarService;

/// <summary>AvatarService's table of contents.</summary>
internal static class AvatarServiceRegistration
{
    public static WebApplicationBuilder AddAvatarService(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("avatarservice");
        builder.Services.AddSingleton<ReplicaChannels>();
        builder.Services.AddPipeline(SpokenPhones.Pipeline, o => (o.Timeout, o.Retries) = (TimeSpan.FromSeconds(1), 1));
        builder.Services.AddSingleton<SpokenPhones>();
        builder.Services.AddSingleton<SentenceAnimator>();
        builder.Services.AddSingleton<SentenceGate>();
        builder.Services.AddEarlyKeys();
        builder.AddTurnMessaging(messaging =>
        {
            // A late face still moves for what is left of its sentence.
            messaging.PublishWithin = TimeSpan.FromSeconds(2);
            messaging.AddWorkConsumer<SentenceSpokenConsumer, SentenceSpoken>(SentenceSpokenConsumer.Queue, SentenceSpokenConsumer.Concurrency);
            messaging.AddBroadcastConsumer<TurnInterruptedConsumer, TurnInterrupted>();
        });
        return builder;
    }

    public static WebApplication MapAvatarService(this WebApplication app)
    {
        app.MapDefaultEndpoints();
        app.MapGrpcService<AvatarRpc>();
        // Tables and arithmetic: the face is there whenever the process is.
        app.Services.GetRequiredService<Capabilities>().Report("face", CapabilityState.Ok);
        return app;
    }
}
