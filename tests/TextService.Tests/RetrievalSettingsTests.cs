using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests;

public sealed class RetrievalSettingsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    // It names no exhibit, so full-text search has to find one; and no sentence speaks of all of it.
    private const string Question = "What did a workman hide in his Paris room for two years among cypress trees?";

    [Fact]
    public async Task A_change_at_run_time_changes_what_is_retrieved_by_the_next_question()
    {
        await using var service = await RunningService.StartAsync([("Museum:Content", MuseumContent.Few), ("ConnectionStrings:redis", redis.ConnectionString), .. RunningService.PatientRedis]);
        var session = TokenIssuer.NewSession();
        Task<RetrieveResponse> RetrieveAsync() => service.Guide.RetrieveAsync(new RetrieveRequest { Query = "Mona Lisa, The Scream and Guernica" }, service.As(session)).ResponseAsync.SoonAsync();
        Assert.True((await RetrieveAsync()).Exhibits.Count > 1);

        await PatchAsync(service, 1, ("Retrieval:UsualExhibits", 1));
        await Eventually.TrueAsync(async () => (await RetrieveAsync()).Exhibits.Count == 1);
    }

    [Fact]
    public async Task A_threshold_that_is_raised_turns_an_answer_into_not_knowing_though_the_answer_is_kept_and_back()
    {
        await using var service = await RunningService.StartAsync([("Museum:Content", MuseumContent.Few), ("ConnectionStrings:redis", redis.ConnectionString), .. RunningService.PatientRedis]);
        await PatchAsync(service, 2, Thresholds(0));
        await Eventually.TrueAsync(async () => await IsGroundedAsync(service));

        await PatchAsync(service, 3, Thresholds(1));
        await Eventually.TrueAsync(async () => !await IsGroundedAsync(service));

        await PatchAsync(service, 4, Thresholds(0));
        await Eventually.TrueAsync(async () => await IsGroundedAsync(service));
    }

    [Theory]
    [InlineData("Retrieval:TopK", "0", "Retrieval:TopK is '0'; it must lie between 1 and 100.")]
    [InlineData("Retrieval:Threshold", "1.5", "Retrieval:Threshold is '1.5'; it must lie between 0 and 1.")]
    public async Task A_value_out_of_its_range_stops_the_start(string key, string value, string message) => Assert.Contains(
        message, (await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync((key, value)))).Message, StringComparison.Ordinal);

    // The exhibit of the first answer is spoken of from then on.
    private static (string, double)[] Thresholds(double share) => [("Retrieval:Threshold", share), ("Retrieval:TopicThreshold", share), ("Retrieval:NamedThreshold", share)];

    private static async Task<bool> IsGroundedAsync(RunningService service) => (bool)(await service.AskAsync(Question))["grounded"]!;

    /// <summary>What PATCH /api/admin/config leaves in the store, and its nudge.</summary>
    private static Task PatchAsync(RunningService service, long version, params (string Key, double Value)[] settings)
    {
        var document = new OverrideDocument
        {
            Version = version,
            Settings = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>
            {
                ["textservice"] = settings.ToDictionary(s => s.Key, s => JsonSerializer.SerializeToElement(s.Value)),
            },
        };
        return Eventually.TrueAsync(async () =>
        {
            var store = service.Get<RedisStore>();
            return store.IsConnected && await store.RunAsync(
                async db =>
                {
                    await db.StringSetAsync(OverrideDocument.Key, document.ToString());
                    return await VersionedStateWatcher.AnnounceAsync(db, OverrideDocument.StateName);
                },
                CancellationToken.None);
        });
    }
}
