using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using Museum.AudioService.Ahead;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Tests.Recognition;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Scheduling;
using Museum.Text.V1;

namespace Museum.AudioService.Tests;

/// <summary>What the guide will probably say is spoken before it is said: in order, within a budget, never at anybody's cost, and once.</summary>
public sealed class AheadTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-ahead-");
    private readonly CountedSynthesizer voice = new("best");
    private readonly ManualTime clock = new();
    private readonly int port = FreePorts.Take(1)[0];
    private GuideServer guide = null!;
    private volatile bool busy;

    public async Task InitializeAsync()
    {
        guide = await GuideServer.StartAsync(port, new VocabularyResponse());
        guide.Sayings["en"] = Of("v1", "The first.", "The second.", "The third.");
        guide.Sayings["zh"] = Of("v1", "你好。");
    }

    public async Task DisposeAsync()
    {
        await guide.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_sentence_is_in_the_cache_before_it_is_asked_for_the_likeliest_first()
    {
        await using var service = await StartAsync();
        await service.EndsAsync("done");
        Assert.Equal(["The first.", "你好。", "The second.", "The third."], voice.Said);
        Assert.Equal((4, 4, "v1"), (service.Reading.Sentences, service.Reading.Ready, service.Reading.ContentVersion));
        Assert.InRange(service.Reading.Seconds, 1, 10);
        await Eventually.GetAsync(() => service.Narrator.RecallAsync(new Utterance("The second.", "en"), SampleRates.Default, default).AsTask());
        Assert.Equal(4, voice.Made);
    }

    [Fact]
    public async Task After_a_restart_only_what_is_missing_is_made()
    {
        await using (var first = await StartAsync())
        {
            await first.EndsAsync("done");
            await Eventually.TrueAsync(() => data.GetFiles("*", SearchOption.AllDirectories).Length == 4);
        }

        guide.Sayings["en"] = Of("v2", "The second.", "A new one.");
        await using var second = await StartAsync();
        await second.EndsAsync("done");
        Assert.Equal("A new one.", voice.Said[^1]);
        Assert.Equal(5, voice.Made);
        Assert.Equal(3, second.Reading.Ready);
    }

    [Fact]
    public async Task When_the_content_changes_what_is_new_in_it_is_spoken()
    {
        await using var service = await StartAsync();
        await service.EndsAsync("done");
        guide.Sayings["en"] = Of("v2", "The first.", "A new one.");
        service.Ahead.LookSoon();
        await Eventually.TrueAsync(() => voice.Made == 5);
        Assert.Equal("A new one.", voice.Said[^1]);
    }

    [Fact]
    public async Task While_anybody_is_served_nothing_is_made_and_then_it_goes_on()
    {
        busy = true;
        await using var service = await StartAsync();
        await service.EndsAsync("paused");
        Assert.Equal(0, voice.Made);
        busy = false;
        await service.EndsAsync("done");
        Assert.Equal(4, voice.Made);
    }

    [Fact]
    public async Task While_memory_is_short_nothing_is_made_and_then_it_goes_on()
    {
        await using var service = await StartAsync(start: false);
        Assert.Equal(0, ((IReleasesMemory)service.Ahead).Release());
        await service.Ahead.StartAsync(default);
        await Eventually.TrueAsync(() => service.Reading.State == "paused");
        Assert.Equal(0, voice.Made);
        await service.EndsAsync("done");
        Assert.Equal(4, voice.Made);
    }

    [Theory]
    [InlineData("Tts:Ahead:Megabytes", "0.02")]
    [InlineData("Tts:Ahead:Hours", "0.0001")]
    [InlineData("Cache:sounds:FilesMb", "0.025")]
    public async Task The_budget_ends_it(string key, string value)
    {
        await using var service = await StartAsync(true, (key, value));
        await service.EndsAsync("over_budget");
        Assert.InRange(voice.Made, 1, 3);
    }

    [Fact]
    public async Task Switched_off_nothing_is_made_and_switched_on_it_is()
    {
        await using var service = await StartAsync(true, ("Tts:Ahead:Enabled", "false"));
        await service.EndsAsync("off");
        Assert.Equal(0, voice.Made);
        service.Set("Tts:Ahead:Enabled", "true");
        await service.EndsAsync("done");
        Assert.Equal(4, voice.Made);
    }

    [Fact]
    public async Task A_voice_that_is_away_is_waited_for()
    {
        voice.Away = true;
        await using var service = await StartAsync();
        await Eventually.TrueAsync(() => clock.Waiting > 0 && service.Reading.State == "working");
        voice.Away = false;
        await service.EndsAsync("done");
        Assert.Equal(4, voice.Made);
    }

    [Fact]
    public async Task TextService_may_come_later()
    {
        guide.Sayings.Remove("en");
        await using var service = await StartAsync();
        await Eventually.TrueAsync(() => clock.Waiting > 0);
        Assert.Equal("waiting", service.Reading.State);
        guide.Sayings["en"] = Of("v1", "The first.");
        await service.EndsAsync("done");
        Assert.Equal(2, voice.Made);
    }

    private static SayingsResponse Of(string version, params string[] sentences) => new() { ContentVersion = version, Sentences = { sentences } };

    private async Task<Service> StartAsync(bool start = true, params (string Key, string Value)[] settings)
    {
        var service = new Service(this, settings);
        await service.AroundAsync();
        if (start)
        {
            await service.Ahead.StartAsync(default);
        }

        return service;
    }

    /// <summary>What AudioService has of it: the cache in files, a narrator, the work ahead.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly AheadTests tests;
        private readonly ServiceProvider services;
        private readonly GrpcChannel channel;

        public Service(AheadTests tests, (string Key, string Value)[] settings)
        {
            this.tests = tests;
            channel = GrpcChannel.ForAddress($"http://127.0.0.1:{tests.port}");
            services = SoundCaches.Services(
                KeptSound.Kind,
                tests.data.FullName,
                tests.clock,
                collection =>
                {
                    collection.AddSingleton<IOptionsFactory<TtsOptions>>(new SetOptions<TtsOptions>(new() { Providers = new() { ["en"] = ["best"], ["zh"] = ["best"] } }));
                    collection.AddSingleton<SoundCache>().AddSingleton<ISpeechSynthesizer>(tests.voice).AddNarrator();
                    collection.AddSingleton(new Guide.GuideClient(channel)).AddSpeechAhead();
                    // The clock runs ahead of TextService.
                    collection.AddPipeline(VocabularyKeeper.Pipeline, o => (o.Timeout, o.TotalTimeout, o.Retries) = (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), 0));
                    collection.AddSingleton(provider => ActivatorUtilities.CreateInstance<AheadQueue>(provider, (Func<bool>)(() => tests.busy)));
                },
                settings);
        }

        public SpeechAhead Ahead => services.GetRequiredService<SpeechAhead>();

        public Narrator Narrator => services.GetRequiredService<Narrator>();

        public AheadReading Reading => services.GetRequiredService<AheadProgress>().Reading;

        public void Set(string key, string value)
        {
            var configuration = (IConfigurationRoot)services.GetRequiredService<IConfiguration>();
            configuration[key] = value;
            configuration.Reload();
        }

        /// <summary>What writes files behind the cache, and what looks after the voices.</summary>
        public Task AroundAsync() => Task.WhenAll(services.GetServices<IHostedService>().OfType<BackgroundService>().Except([Ahead]).Select(s => s.StartAsync(default)));

        /// <summary>Moves the clock on from pause to pause until the state is reached.</summary>
        public Task EndsAsync(string state) => Eventually.TrueAsync(() =>
        {
            if (Reading.State == state)
            {
                return true;
            }

            tests.clock.Advance(TimeSpan.FromSeconds(5));
            return false;
        });

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(services.GetServices<IHostedService>().OfType<BackgroundService>().Select(s => s.StopAsync(default)));
            await services.DisposeAsync();
            channel.Dispose();
        }
    }
}
