using System.Text.Json;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.SessionService.Admin;

/// <summary>The overrides and what the services say of themselves, in Redis.</summary>
internal sealed class OverrideStore(RedisStore redis)
{
    /// <exception cref="ServiceDefaults.Errors.DependencyException"><c>redis_unavailable</c>.</exception>
    public async Task<OverrideDocument> ReadAsync(CancellationToken cancellationToken)
    {
        string? text = await redis.RunAsync(db => db.StringGetAsync(OverrideDocument.Key), cancellationToken);
        try
        {
            return OverrideDocument.Parse(text);
        }
        catch (JsonException)
        {
            // Somebody wrote past this API; the services skip it too, and the next change puts it right.
            return OverrideDocument.Empty;
        }
    }

    /// <summary>Puts <paramref name="next"/> in the place of <paramref name="current"/> and nudges every replica; false if another change was quicker.</summary>
    public Task<bool> ReplaceAsync(OverrideDocument current, OverrideDocument next, CancellationToken cancellationToken) => redis.RunAsync(
        async db =>
        {
            var stored = await db.StringGetAsync(OverrideDocument.Key);
            if (!IsSame(stored, current))
            {
                return false;
            }

            var change = db.CreateTransaction();
            change.AddCondition(stored.IsNull ? Condition.KeyNotExists(OverrideDocument.Key) : Condition.StringEqual(OverrideDocument.Key, stored));
            _ = change.StringSetAsync(OverrideDocument.Key, next.ToString());
            VersionedStateWatcher.Announce(change, OverrideDocument.StateName);
            return await change.ExecuteAsync();
        },
        cancellationToken);

    /// <summary>What each service declares, by its name; of a service that is away, what it declared last.</summary>
    public async Task<IReadOnlyDictionary<string, SettingsCatalog>> CatalogsAsync(CancellationToken cancellationToken)
    {
        var entries = await redis.RunAsync(db => db.HashGetAllAsync(ReplicaReport.SchemaKey), cancellationToken);
        return new SortedDictionary<string, SettingsCatalog>(entries.ToDictionary(
            e => e.Name.ToString(),
            e => new SettingsCatalog(JsonSerializer.Deserialize<SettingDescription[]>(e.Value.ToString(), OverrideDocument.Json)!)));
    }

    /// <summary>The reports of the replicas that live.</summary>
    public async Task<IReadOnlyList<ReplicaReport>> ReportsAsync(CancellationToken cancellationToken)
    {
        var keys = (await redis.RunAsync(db => db.SetMembersAsync(ReplicaReport.IndexKey), cancellationToken)).Select(k => (RedisKey)k.ToString()).ToArray();
        if (keys.Length == 0)
        {
            return [];
        }

        var reports = await redis.RunAsync(db => db.StringGetAsync(keys), cancellationToken);
        var dead = keys.Where((_, i) => reports[i].IsNull).Select(k => (RedisValue)k.ToString()).ToArray();
        if (dead.Length > 0)
        {
            await redis.RunAsync(db => db.SetRemoveAsync(ReplicaReport.IndexKey, dead), cancellationToken);
        }

        return [.. reports.Where(r => !r.IsNull).Select(r => JsonSerializer.Deserialize<ReplicaReport>(r.ToString(), OverrideDocument.Json)!)];
    }

    private static bool IsSame(RedisValue stored, OverrideDocument current)
    {
        try
        {
            return OverrideDocument.Parse(stored).Version == current.Version;
        }
        catch (JsonException)
        {
            return current.Version == 0;
        }
    }
}
