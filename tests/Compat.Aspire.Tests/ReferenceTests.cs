using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Compat.Aspire.Tests;

[Collection(nameof(SampleApplication))]
public sealed class ReferenceTests(SampleApplication sample)
{
    private sealed record Process(int ProcessId, string Directory, string Protocol);

    [Fact]
    public async Task A_service_is_told_its_connections_whole_and_in_parts()
    {
        var environment = await EnvironmentOfOuterAsync();
        var redis = sample.App.GetEndpoint("redis", "tcp").Port;
        var rabbit = sample.App.GetEndpoint("messaging", "tcp").Port;
        var redisPassword = environment["REDIS_PASSWORD"];
        var rabbitPassword = environment["MESSAGING_PASSWORD"];
        var expected = new Dictionary<string, string>
        {
            ["ConnectionStrings__redis"] = $"localhost:{redis},password={redisPassword}",
            ["REDIS_HOST"] = "localhost",
            ["REDIS_PORT"] = $"{redis}",
            ["REDIS_PASSWORD"] = redisPassword,
            ["REDIS_URI"] = $"redis://:{redisPassword}@localhost:{redis}",
            ["ConnectionStrings__messaging"] = $"amqp://guest:{rabbitPassword}@localhost:{rabbit}",
            ["MESSAGING_HOST"] = "localhost",
            ["MESSAGING_PORT"] = $"{rabbit}",
            ["MESSAGING_USERNAME"] = "guest",
            ["MESSAGING_PASSWORD"] = rabbitPassword,
            ["MESSAGING_URI"] = $"amqp://guest:{rabbitPassword}@localhost:{rabbit}",
        };
        Assert.Equal(expected.OrderBy(e => e.Key), environment.Where(e => e.Key.Contains("redis", StringComparison.OrdinalIgnoreCase) || e.Key.Contains("messaging", StringComparison.OrdinalIgnoreCase)).OrderBy(e => e.Key));
    }

    [Fact]
    public async Task A_service_is_told_the_address_of_every_replica()
    {
        var environment = await EnvironmentOfOuterAsync();
        string[] keys = ["services__inner__grpc__0", "services__inner__grpc__1", "services__inner__http__0", "services__inner__http__1"];
        Assert.Equal(keys, environment.Keys.Where(k => k.StartsWith("services__", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(keys.Length, keys.Select(k => environment[k]).Distinct().Count());
        Assert.Equal(environment["services__inner__http__0"], environment["INNER_HTTP"]);
        Assert.Equal(environment["services__inner__grpc__0"], environment["INNER_GRPC"]);
    }

    [Fact]
    public async Task Every_replica_answers_at_its_own_address()
    {
        var environment = await EnvironmentOfOuterAsync();
        using var client = new HttpClient();
        var first = await client.GetFromJsonAsync<Process>($"{environment["services__inner__http__0"]}/process", Limits.Deadline);
        var second = await client.GetFromJsonAsync<Process>($"{environment["services__inner__http__1"]}/process", Limits.Deadline);
        Assert.NotEqual(first!.ProcessId, second!.ProcessId);
        Assert.EndsWith("Aspire.Samples/Echo", first.Directory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grpc_endpoint_speaks_http2_without_tls()
    {
        var environment = await EnvironmentOfOuterAsync();
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var process = await client.GetFromJsonAsync<Process>($"{environment["services__inner__grpc__0"]}/process", Limits.Deadline);
        Assert.Equal("HTTP/2", process!.Protocol);
    }

    [Fact]
    public async Task An_external_endpoint_spreads_connections_over_its_replicas()
    {
        var seen = new HashSet<int>();
        await Eventually.TrueAsync(async () =>
        {
            using var client = new HttpClient { BaseAddress = sample.App.GetEndpoint("outer", "http") };
            seen.Add((await client.GetFromJsonAsync<Process>("/process", Limits.Deadline))!.ProcessId);
            return seen.Count == 2;
        });
    }

    [Fact]
    public async Task Telemetry_variables_name_the_service_and_the_replica()
    {
        var environment = await EnvironmentOfOuterAsync();
        Assert.Equal("outer", environment["OTEL_SERVICE_NAME"]);
        Assert.StartsWith("service.instance.id=", environment["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Equal("in_memory", environment["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
        Assert.Equal("true", environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"]);
        Assert.Equal("simple", environment["LOGGING__CONSOLE__FORMATTERNAME"]);
    }

    [Fact]
    public async Task Kestrel_endpoints_are_overridden_by_name()
    {
        var environment = await EnvironmentOfOuterAsync();
        Assert.Equal(
            ["Kestrel__Endpoints__grpc__Url", "Kestrel__Endpoints__http__Url"],
            environment.Keys.Where(k => k.StartsWith("Kestrel__", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.False(environment.ContainsKey("ASPNETCORE_URLS"));
    }

    [Fact]
    public async Task A_parameter_reaches_the_service() =>
        Assert.Equal("opensesame", (await EnvironmentOfOuterAsync())["SOME_KEY"]);

    [Fact]
    public async Task Each_replica_has_a_state_of_its_own()
    {
        var ids = new HashSet<string>();
        await sample.App.ResourceNotifications.WaitForResourceAsync(
            "inner", e => e.Snapshot.State?.Text == KnownResourceStates.Running && ids.Add(e.ResourceId) && ids.Count == 2, Limits.Deadline);
        Assert.All(ids, id => Assert.True(sample.App.ResourceNotifications.TryGetCurrentState(id, out _)));
        Assert.False(sample.App.ResourceNotifications.TryGetCurrentState("inner", out _));
    }

    private async Task<Dictionary<string, string>> EnvironmentOfOuterAsync()
    {
        using var client = sample.App.CreateHttpClient("outer", "http");
        return (await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", Limits.Deadline))!;
    }
}
