using System.Net;
using Museum.TestKit;

namespace TextService.Tests.Storage;

[Collection(PostgresTests.Name)]
public sealed class PostgresTelemetryTests(PostgresServer server, RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task What_the_record_store_does_for_a_request_is_in_its_trace_without_anybodys_words_and_in_the_metrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await RunningService.WithCuratorsAsync(
            redis,
            ("ConnectionStrings:postgres", await server.CreateDatabaseAsync()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        var desk = new Desk(service.As("curator", "olga"));
        Assert.Equal(HttpStatusCode.OK, (await desk.SendAsync(HttpMethod.Get, "/scream")).Status);

        var statement = await Eventually.GetAsync(() => Task.FromResult(receiver.Spans.FirstOrDefault(s => s.Scope == "Npgsql"
            && receiver.Spans.Any(parent => parent.SpanId == s.ParentId && parent.Name.StartsWith("GET /api/curator/exhibits", StringComparison.Ordinal)))));
        Assert.StartsWith("SELECT", statement.Attributes["db.query.text"], StringComparison.Ordinal);
        Assert.DoesNotContain(receiver.Spans, s => s.Scope == "Npgsql" && s.Attributes.Values.Any(v => v.Contains("scream", StringComparison.OrdinalIgnoreCase)));

        await Eventually.TrueAsync(async () => (await service.Http.GetStringAsync("/metrics")).Split('\n').Any(l =>
            l.StartsWith("db_client_operation_duration_seconds_count{", StringComparison.Ordinal) && l.Contains("db_client_connection_pool_name=\"records\"", StringComparison.Ordinal)));
    }
}
