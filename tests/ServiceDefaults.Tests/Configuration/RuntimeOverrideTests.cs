using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Tests.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Configuration;

public sealed class RuntimeOverrideTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly List<DefaultsHost> hosts = [];
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-overrides-");

    public Task InitializeAsync() => redis.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await redis.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task An_override_is_in_force_on_every_replica_and_gone_when_it_is_taken_back()
    {
        DefaultsHost[] replicas = [await StartAsync("belfry"), await StartAsync("belfry"), await StartAsync("belfry")];
        var heard = new ConcurrentQueue<int>();
        using var listening = Monitor(replicas[1]).OnChange(bell => heard.Enqueue(bell.Strokes));

        await StoreAsync("""{"belfry": {"Bell:Strokes": 7, "Bell:Clapper:Weight": 55}}""");
        await EverywhereAsync(replicas, bell => bell is { Strokes: 7, Clapper.Weight: 55 });
        await Eventually.TrueAsync(() => !heard.IsEmpty);
        Assert.Equal([7], heard);

        await StoreAsync("{}");
        await EverywhereAsync(replicas, bell => bell is { Strokes: 12, Clapper.Weight: 40 });
    }

    [Fact]
    public async Task A_services_own_override_wins_over_the_global_one_and_both_over_the_environment()
    {
        var belfry = await StartAsync("belfry", ("Bell:Strokes", "2"), ("Bell:Volume", "0.2"), ("Bell:Inscription", "pulsor"));
        var chapel = await StartAsync("chapel");
        await StoreAsync("""{"global": {"Bell:Strokes": 5, "Bell:Volume": 0.75}, "belfry": {"Bell:Strokes": 9}, "elsewhere": {"Bell:Strokes": 99}}""");

        await EverywhereAsync([belfry], bell => bell is { Strokes: 9, Volume: 0.75, Inscription: "pulsor" });
        await EverywhereAsync([chapel], bell => bell is { Strokes: 5, Volume: 0.75 });
    }

    [Fact]
    public async Task What_was_seen_last_stays_while_the_store_is_away_and_is_read_again_when_it_is_back()
    {
        var belfry = await StartAsync("belfry");
        await StoreAsync("""{"belfry": {"Bell:Strokes": 7}}""");
        await EverywhereAsync([belfry], bell => bell.Strokes == 7);

        redis.Stop();
        await Eventually.TrueAsync(() => !belfry.Get<RedisStore>().IsConnected);
        Assert.Equal(7, Monitor(belfry).CurrentValue.Strokes);

        // It comes back empty, as the same version.
        await redis.StartAsync();
        await EverywhereAsync([belfry], bell => bell.Strokes == 12);
        await StoreAsync("""{"belfry": {"Bell:Strokes": 8}}""");
        await EverywhereAsync([belfry], bell => bell.Strokes == 8);
    }

    [Fact]
    public async Task Bad_overrides_in_the_store_stop_no_start_and_are_skipped_with_a_warning()
    {
        (string Key, string Value, string Reason)[] bad =
        [
            ("Bell:Strokes", "0", "It must be a whole number from 1 to 100."),
            ("Bell:Sounds", "\"01:00:00\"", "It must be a duration (hh:mm:ss) from 00:00:01 to 00:01:00."),
            ("Bell:Tower", "\"south\"", "It cannot be changed while the service runs."),
            ("Bell:Ringers", "\"Eve\"", "It cannot be changed while the service runs."),
            ("Bell:Password", "\"open\"", "A secret must be sealed."),
            ("Bell:Inscription", """{"sealed": "AAAA"}""", "It must be a text that is not empty."),
            ("Bell:Colour", "\"red\"", "This service has no such setting."),
        ];
        await StoreAsync($$"""{"belfry": {"Bell:Volume": 0.75, {{string.Join(", ", bad.Select(b => $"\"{b.Key}\": {b.Value}"))}} } }""");
        var belfry = await StartAsync("belfry");

        await EverywhereAsync([belfry], bell => bell is { Volume: 0.75, Strokes: 12, Tower: "north", Password: null, Inscription: "vivos voco", Sounds.Seconds: 3 });
        Assert.All(bad, b => Assert.Contains(belfry.Log.Lines, l =>
            l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains($"{b.Key} is skipped: {b.Reason}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"settings": {"belfry": 3}}""")]
    public async Task A_document_that_nobody_can_read_changes_nothing(string document)
    {
        var belfry = await StartAsync("belfry");
        await StoreAsync("""{"belfry": {"Bell:Strokes": 7}}""");
        await EverywhereAsync([belfry], bell => bell.Strokes == 7);

        await WriteAsync(document);

        await Eventually.TrueAsync(() => belfry.Log.Lines.Any(l => l.Contains("cannot be read, those in force stay", StringComparison.Ordinal)));
        Assert.Equal(7, Monitor(belfry).CurrentValue.Strokes);
    }

    [Fact]
    public async Task A_sealed_secret_is_opened_by_replicas_with_the_same_key_file_and_bound_to_its_setting()
    {
        var belfry = await StartAsync("belfry");
        var sealed_ = belfry.Get<SecretBox>().Seal("Bell:Password", "open sesame").GetRawText();
        Assert.DoesNotContain("sesame", sealed_, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data.FullName, "config", "secrets.key")));
        }

        await StoreAsync($$"""{"belfry": {"Bell:Password": {{sealed_}} } }""");
        var chapel = await StartAsync("belfry");
        await EverywhereAsync([belfry, chapel], bell => bell.Password == "open sesame");

        var elsewhere = belfry.Get<SecretBox>().Seal("Bell:Tower", "open sesame").GetRawText();
        await StoreAsync($$"""{"belfry": {"Bell:Password": {{elsewhere}} } }""");
        await EverywhereAsync([belfry, chapel], bell => bell.Password is null);
        Assert.Contains(chapel.Log.Lines, l => l.Contains("sealed with another key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feature_is_switched_while_the_service_runs_and_an_undeclared_one_is_a_defect()
    {
        var belfry = await StartAsync("belfry");
        var features = belfry.Get<IFeatures>();
        Assert.True(features.IsOn("echo"));
        await StoreAsync("""{"global": {"Features:echo": false}}""");
        await Eventually.TrueAsync(() => !features.IsOn("echo"));
        Assert.Throws<ArgumentException>(() => features.IsOn("reverb"));
    }

    [Fact]
    public async Task A_log_level_is_changed_while_the_service_runs()
    {
        var logger = (await StartAsync("belfry")).Get<ILoggerFactory>().CreateLogger("Museum.Belfry");
        Assert.False(logger.IsEnabled(LogLevel.Debug));
        await StoreAsync("""{"belfry": {"Logging:LogLevel:Museum.Belfry": "Debug"}}""");
        await Eventually.TrueAsync(() => logger.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public async Task Each_replica_tells_the_store_what_is_in_force_where_it_comes_from_and_no_secret()
    {
        var belfry = await StartAsync("belfry", ("Bell:Password", "swordfish"), ("Bell:Listener", "http://ada:secret@tower/"), ("Bell:Rests:Sunday", "true"));
        await StoreAsync("""{"belfry": {"Bell:Strokes": 7, "Bell:Volume": 7}}""", version: 4);
        var key = ReplicaReport.Key("belfry", belfry.Get<ServiceIdentity>().Instance);
        ReplicaReport? report = null;
        await Eventually.TrueAsync(async () =>
        {
            var text = (string?)await redis.RunAsync(db => db.StringGetAsync(key));
            report = text is null ? null : JsonSerializer.Deserialize<ReplicaReport>(text, OverrideDocument.Json);
            return report?.Version == 4;
        });

        Assert.Equal(new SettingReading("7", "override"), report!.Settings["Bell:Strokes"]);
        Assert.Equal(new SettingReading("0.5", "default"), report.Settings["Bell:Volume"]);
        Assert.Equal("set", report.Settings["Bell:Password"].Value);
        Assert.Equal("http://tower/", report.Settings["Bell:Listener"].Value);
        Assert.Equal("true", report.Settings["Bell:Rests:Sunday"].Value);
        Assert.Equal("It must be a number from 0 to 1.", report.Skipped["Bell:Volume"]);
        Assert.True(await redis.RunAsync(db => db.SetContainsAsync(ReplicaReport.IndexKey, key)));
    }

    private static IOptionsMonitor<BellOptions> Monitor(DefaultsHost host) => host.Get<IOptionsMonitor<BellOptions>>();

    private static Task EverywhereAsync(DefaultsHost[] replicas, Func<BellOptions, bool> condition) =>
        Eventually.TrueAsync(() => replicas.All(r => condition(Monitor(r).CurrentValue)));

    private async Task<DefaultsHost> StartAsync(string service, params (string Key, string? Value)[] settings)
    {
        var host = await DefaultsHost.StartAsync(
            configure: b =>
            {
                b.Services.AddRuntimeOptions<BellOptions>(BellOptions.Section);
                b.Services.AddFeature("echo", "Whether it is heard twice.", isOn: true);
            },
            service: service,
            settings: [("ConnectionStrings:redis", redis.ConnectionString), ("Resilience:redis:Timeout", "00:00:10"), ("MUSEUM_DATA", data.FullName), .. settings]);
        hosts.Add(host);
        return host;
    }

    private Task<bool> StoreAsync(string settings, long version = 1) => WriteAsync($$"""{"version": {{version}}, "settings": {{settings}} }""");

    private Task<bool> WriteAsync(string document) => redis.RunAsync(async db =>
    {
        await db.StringSetAsync(OverrideDocument.Key, document);
        return await VersionedStateWatcher.AnnounceAsync(db, OverrideDocument.StateName);
    });
}
