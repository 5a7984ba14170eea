using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Scheduling;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Tells the store what can be configured here and what is: at every change, and again and again as a sign of life.</summary>
internal sealed class ReportPublisher(
    ServiceIdentity identity, RedisStore redis, SettingsCatalog catalog, EffectiveSettings effective, RuntimeOverrides overrides, IConfiguration configuration) : BackgroundService
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(1);

    private readonly Nudge changed = new(TimeProvider.System);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = ChangeToken.OnChange(configuration.GetReloadToken, changed.Give);
        overrides.Applied += changed.Give;
        var key = ReplicaReport.Key(identity.Service, identity.Instance);
        var schema = JsonSerializer.Serialize(catalog.All, OverrideDocument.Json);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Again;
            try
            {
                await redis.RunAsync(db => PublishAsync(db, key, schema), stoppingToken);
            }
            catch (DependencyException)
            {
                next = WhileAway;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await changed.WaitAsync(next, stoppingToken);
        }
    }

    public override void Dispose()
    {
        overrides.Applied -= changed.Give;
        base.Dispose();
    }

    private async Task<bool> PublishAsync(IDatabase db, string key, string schema)
    {
        var report = new ReplicaReport(identity.Service, identity.Instance, overrides.InForce.Version, effective.Read(), overrides.InForce.Skipped);
        var batch = db.CreateTransaction();
        _ = batch.HashSetAsync(ReplicaReport.SchemaKey, identity.Service, schema);
        _ = batch.SetAddAsync(ReplicaReport.IndexKey, key);
        _ = batch.StringSetAsync(key, JsonSerializer.Serialize(report, OverrideDocument.Json), Life);
        return await batch.ExecuteAsync();
    }
}
