using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Microsoft.Data.Sqlite;
using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Curators;

namespace TextService.Tests;

/// <summary>What follows a curator's change when it is in the store.</summary>
public sealed class EditingTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_change_is_in_the_audit_log_and_told_to_the_other_replicas_though_its_curator_has_left()
    {
        // A busy machine may keep Redis waiting for longer than visitors are: the others are then told later, which is not what is tested.
        await using var service = await RunningService.WithCuratorsAsync(redis, ("Resilience:redis:Timeout", "00:00:10"));
        using var logs = new CapturedLogs();
        using var loggers = LoggerFactory.Create(l => l.AddProvider(logs));
        using var caller = new CancellationTokenSource();
        var editing = new Editing(new LeftAfterTheWrite(service.Get<IRecordStore>(), caller), service.Get<ContentChanges>(), new AuditLog(loggers, new HttpContextAccessor()));
        Task<long> ToldAsync() => service.Get<RedisStore>().RunAsync(async db => (long)await db.StringGetAsync("museum:version:content"), CancellationToken.None);

        var before = await ToldAsync();
        await editing.ChangeAsync(new ClaimsPrincipal(), "remove", "mona-lisa", _ => null, caller.Token);
        Assert.True(caller.IsCancellationRequested);
        Assert.Contains(logs.Lines, l => l.Contains("exhibit.remove", StringComparison.Ordinal) && l.Contains("mona-lisa", StringComparison.Ordinal));
        Assert.True(await ToldAsync() > before);
    }

    [Fact]
    public async Task The_other_replicas_are_told_of_a_change_that_was_written_while_the_store_was_away()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        redis.Stop();
        await Eventually.TrueAsync(() => !service.Get<RedisStore>().IsConnected);
        await service.Get<ContentChanges>().OfRecordsAsync(CancellationToken.None);
        await redis.StartAsync();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return await service.Get<RedisStore>().RunAsync(db => db.KeyExistsAsync("museum:version:content"), CancellationToken.None);
            }
            catch (DependencyException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task While_somebody_else_writes_for_too_long_a_change_is_refused_for_a_moment_and_not_a_defect()
    {
        var folder = Directory.CreateTempSubdirectory("museum-editing-").FullName;
        await using (var service = await RunningService.WithCuratorsAsync(redis, ("Museum:Data", folder)))
        {
            await using var other = new SqliteConnection($"Data Source={Path.Combine(folder, "text", "content.db")};Pooling=False");
            await other.OpenAsync();
            await using (other.BeginTransaction(deferred: false))
            {
                var refused = await new Desk(service.As("curator", "olga")).SendAsync(HttpMethod.Delete, "/mona-lisa", null, "*");
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "content_store_busy", true), (refused.Status, (string?)refused.Body["code"], (bool)refused.Body["retryable"]!));
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The real store; the caller is gone as soon as it has committed.</summary>
    private sealed class LeftAfterTheWrite(IRecordStore store, CancellationTokenSource caller) : IRecordStore
    {
        public Task<ImportResult> ImportAsync(IReadOnlyList<Entry> entries, CancellationToken ct) => store.ImportAsync(entries, ct);

        public Task<IReadOnlyList<LiveHash>> LiveAsync(CancellationToken ct) => store.LiveAsync(ct);

        public Task<IReadOnlyList<LiveText>> ReadLiveAsync(IReadOnlyCollection<string> ids, CancellationToken ct) => store.ReadLiveAsync(ids, ct);

        public Task<RecordPage> ListAsync(RecordFilter filter, CancellationToken ct) => store.ListAsync(filter, ct);

        public Task<ExhibitRecord?> FindAsync(string id, CancellationToken ct) => store.FindAsync(id, ct);

        public Task<ExhibitRecord?> FindAsync(long number, CancellationToken ct) => store.FindAsync(number, ct);

        public Task<IReadOnlyList<ExhibitVersion>> VersionsAsync(string id, CancellationToken ct) => store.VersionsAsync(id, ct);

        public async Task<IReadOnlyList<RecordOutcome>> WriteAsync(string by, IReadOnlyList<RecordChange> changes, CancellationToken ct)
        {
            var outcomes = await store.WriteAsync(by, changes, ct);
            await caller.CancelAsync();
            return outcomes;
        }
    }
}
