using Museum.Audio.V1;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Resilience;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

internal static class CallRegistration
{
    public static void AddLiveCalls(this IServiceCollection services)
    {
        services.AddRuntimeOptions<CallOptions>(CallOptions.Section);
        services.AddRuntimeOptions<VoiceActivityOptions>(VoiceActivityOptions.Section);
        services.AddMuseumGrpcClient<Speech.SpeechClient>("audioservice", TimeSpan.FromSeconds(5));
        // AudioService says at once that it listens; the utterance is kept, so that another replica may hear it from its beginning.
        services.AddPipeline(Recognizer.Pipeline, o =>
        {
            (o.Timeout, o.Retries, o.FirstDelay) = (TimeSpan.FromMilliseconds(450), 2, TimeSpan.FromMilliseconds(50));
            (o.BreakerWindow, o.BreakFor) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        });
        services.AddSingleton<Recognizer>();
        services.AddSingleton<CallTelemetry>();
        services.AddSingleton(provider => new VoiceActivityEngine(
            Path.Combine(AppContext.BaseDirectory, "models/silero_vad_v5.onnx"), provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
        services.AddSingleton<CallParts>();
        // Who only writes needs no model.
        services.AddSingleton(provider => new Lazy<CallParts>(provider.GetRequiredService<CallParts>));
        services.AddSingleton<PassingVisitor>();
        services.AddHostedService<Rehearsal>();
    }
}
