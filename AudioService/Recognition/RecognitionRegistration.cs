using Microsoft.Extensions.Options;
using Museum.AudioService.DashScope;
using Museum.AudioService.Encodings;
using Museum.AudioService.OpenAi;
using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Scripted;
using Museum.AudioService.Vocabulary;
using Museum.AudioService.Whisper;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Pools;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;

namespace Museum.AudioService.Recognition;

/// <summary>Everything that listens.</summary>
internal static class RecognitionRegistration
{
    private static readonly string[] Providers = [SphinxRecognizer.ProviderName, DashScopeRecognizer.ProviderName, OpenAiRecognizer.ProviderName, WhisperRecognizer.ProviderName, ScriptedRecognizer.ProviderName];

    // The words of a large museum are a megabyte; TextService answers in milliseconds.
    private static readonly TimeSpan VocabularyDeadline = TimeSpan.FromSeconds(10);

    // An utterance has its decoder, 15 MB and a thread, for as long as the visitor speaks. A core keeps up with about ten at once; a visitor
    // who has to wait longer than five seconds for an ear has gone. None is made before the museum's words are known.
    private static void SetPool(PoolOptions pool) =>
        (pool.Min, pool.Max, pool.Waiting, pool.Timeout, pool.Idle) = (0, 24, 24, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    // Each recognition takes all of two cores for a second or so, and some hundred MB; more at once only make each other late.
    private static void SetWhisperPool(PoolOptions pool) =>
        (pool.Min, pool.Max, pool.Waiting, pool.Timeout, pool.Idle) = (0, Math.Max(1, Environment.ProcessorCount / 2), 16, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));

    // One, made when it is first needed; nobody waits for it, nor for one that is being loaded.
    private static void SetOpenPool(PoolOptions pool) =>
        (pool.Min, pool.Max, pool.Waiting, pool.Timeout, pool.Idle) = (0, 1, 0, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));

    private static EngineThreads<SphinxDecoder> OpenDecoders(IServiceProvider provider)
    {
        var model = SphinxModel.General(provider.GetRequiredService<IOptions<SttOptions>>().Value.PocketSphinx.Model);
        return new(SphinxSecondThought.Pool, () => new SphinxDecoder(model));
    }

    public static void AddRecognition(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<SttOptions>(SttOptions.Section)
            .Validate(stt => stt.Providers.Values.All(names => names.All(Providers.Contains)), $"Stt:Providers: each name is one of {string.Join(", ", Providers)}.");

        services.AddSingleton<SphinxDecoders>();
        services.AddSingleton(provider => new SphinxTurns(provider.GetRequiredService<TimeProvider>(), Environment.ProcessorCount));
        services.AddResourcePool<SphinxEar>(SphinxDecoders.Pool, SetPool, provider => provider.GetRequiredService<SphinxDecoders>());
        services.AddResourcePool<EngineThread<SphinxDecoder>>(SphinxSecondThought.Pool, SetOpenPool, OpenDecoders);
        services.AddSingleton<SphinxSecondLook>();
        services.AddSingleton<SphinxSecondThought>();
        services.AddSingleton<ISpeechRecognizer, SphinxRecognizer>();
        services.AddRuntimeOptions<WhisperOptions>(WhisperOptions.Section);
        services.AddSingleton<WhisperEars>();
        services.AddResourcePool<WhisperEar>(WhisperEars.Pool, SetWhisperPool, provider => provider.GetRequiredService<WhisperEars>());
        services.AddSingleton<ISpeechRecognizer, WhisperRecognizer>();
        services.AddSingleton<ISpeechRecognizer, ScriptedRecognizer>();
        services.AddListener();
        services.AddResourcePool(FfmpegPlaces.Pool, FfmpegPlaces.SetPool, _ => new FfmpegPlaces());
        services.AddSingleton<RecordingDecoder>();
        services.AddSingleton<RecordingReader>();
        services.AddSingleton<Transcriber>();
        services.AddCache(KeptTranscripts.Kind);
        services.AddSingleton<KeptTranscripts>();
        services.AddHostedService<HearingCapability>();

        services.AddMuseumGrpcClient<Guide.GuideClient>("textservice", VocabularyDeadline);
        // The keeper itself asks again, and soon.
        services.AddPipeline(VocabularyKeeper.Pipeline, o => (o.Timeout, o.Retries, o.BreakFor) = (VocabularyDeadline, 0, TimeSpan.FromSeconds(1)));
        services.AddSingleton<SphinxModelStore>();
        services.AddSingleton<VocabularyKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<VocabularyKeeper>());
    }

    /// <summary>The listener, and for each language a capability of the recognisers that are configured for it.</summary>
    public static IServiceCollection AddListener(this IServiceCollection services)
    {
        services.AddProviders<ISpeechRecognizer>(
            provider => provider.GetServices<ISpeechRecognizer>().Where(ear => Orders(provider).Any(order => order.Value.Contains(ear.Name))).Select(PlanOf),
            provider => Orders(provider).Select(order => new CapabilityPlan(HearingCapability.Of(order.Key), [.. order.Value.Where(name => Hears(provider, name, order.Key))])).Where(plan => plan.Order.Count > 0));
        return services.AddSingleton<Listener>();
    }

    private static Dictionary<string, string[]> Orders(IServiceProvider provider) => provider.GetRequiredService<IOptions<SttOptions>>().Value.Providers;

    private static bool Hears(IServiceProvider provider, string name, string language) => provider.GetServices<ISpeechRecognizer>().Single(ear => ear.Name == name).Hears(language);

    private static ProviderPlan<ISpeechRecognizer> PlanOf(ISpeechRecognizer ear) => new()
    {
        Name = ear.Name,
        Load = async ct =>
        {
            await ear.LoadAsync(ct);
            return ear;
        },
        Probe = (self, ct) => self.ProbeAsync(ct),
    };
}
