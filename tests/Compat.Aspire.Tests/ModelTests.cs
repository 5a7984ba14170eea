using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Compat.Aspire.Tests;

public sealed class ModelTests
{
    [Theory]
    [InlineData("text--service")]
    [InlineData("-text")]
    [InlineData("text-")]
    [InlineData("1text")]
    [InlineData("text_service")]
    [InlineData("tëxt")]
    public void A_name_that_cannot_be_a_host_name_is_refused(string name)
    {
        using var builder = TestModel.Create();
        Assert.ThrowsAny<ArgumentException>(() => builder.AddScript(name, "true"));
    }

    [Fact]
    public void Names_differ_by_more_than_case()
    {
        using var builder = TestModel.Create();
        builder.AddScript("text", "true");
        Assert.Throws<DistributedApplicationException>(() => builder.AddScript("Text", "true"));
    }

    [Fact]
    public async Task Parameters_come_from_configuration_or_their_default()
    {
        await using var builder = TestModel.Create("--Parameters:given=one", "--Parameters:with_hyphen=two");
        builder.AddScript("script", "echo \"[$A $B $C $D]\"; exec sleep 1000")
            .WithEnvironment("A", builder.AddParameter("given"))
            .WithEnvironment("B", builder.AddParameter("with-hyphen", secret: true))
            .WithEnvironment("C", builder.AddParameter("fixed", "three"))
            .WithEnvironment("D", builder.AddParameter("found", () => "four"));
        await using var app = await builder.StartAsync();
        Assert.Contains("[one two three four]", await app.LineAsync("script", "["), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_parameter_keeps_back_only_who_needs_it()
    {
        await using var builder = TestModel.Create();
        builder.AddScript("needs", "exec sleep 1000").WithEnvironment("KEY", builder.AddParameter("missing"));
        builder.AddScript("needs-not", "exec sleep 1000");
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("needs", KnownResourceStates.FailedToStart, Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("needs-not", KnownResourceStates.Running, Limits.Deadline);
        Assert.Equal(KnownResourceStates.ValueMissing, app.State("missing").State!.Text);
        await app.LineAsync("needs", "Parameters:missing");
    }

    [Fact]
    public async Task Expressions_endpoints_arguments_and_connection_strings_are_resolved_at_the_start()
    {
        await using var builder = TestModel.Create("--ConnectionStrings:archive=Host=elsewhere");
        var archive = builder.AddConnectionString("archive");
        var server = builder.AddScript("server", "echo \"port=$PORT\"; exec sleep 1000").WithHttpEndpoint(env: "PORT");
        var http = server.GetEndpoint("http");
        builder.AddExecutable("client", "sh", Path.GetTempPath(), "-c", "echo \"[$0 $1 $URL $ConnectionStrings__archive $services__outside__default__0]\"; exec sleep 1000", "zero")
            .WithArgs(context => context.Args.Add(http.Property(EndpointProperty.Port)))
            .WithEnvironment("URL", $"{http}/path?key={builder.AddParameter("key", "value")}")
            .WithReference("outside", new Uri("https://museum.example/"))
            .WithReference(archive);
        await using var app = await builder.StartAsync();
        var port = app.GetEndpoint("server", "http").Port;
        Assert.Contains($"port={port}", await app.LineAsync("server", "port="), StringComparison.Ordinal);
        Assert.Contains(
            $"[zero {port} http://localhost:{port}/path?key=value Host=elsewhere https://museum.example/]", await app.LineAsync("client", "[zero"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_to_one_endpoint_passes_that_one_alone()
    {
        await using var builder = TestModel.Create();
        var echo = builder.AddEcho();
        builder.AddScript("client", "env; echo done; exec sleep 1000").WithReference(echo.GetEndpoint("grpc"));
        await using var app = await builder.StartAsync();
        await app.LineAsync("client", "done");
        var variables = app.State("client").EnvironmentVariables.Select(v => v.Name).Order();
        Assert.Equal(["ECHO_GRPC", "services__echo__grpc__0"], variables);
    }

    [Fact]
    public async Task Console_lines_are_kept_in_order_with_their_stream()
    {
        await using var builder = TestModel.Create();
        builder.AddScript("speaker", "echo one; echo two; echo three; echo loud >&2; exec sleep 1000");
        await using var app = await builder.StartAsync();
        await app.LineAsync("speaker", "three");
        await app.LineAsync("speaker", "loud");
        var lines = new List<LogLine>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync("speaker"))
        {
            lines.AddRange(batch);
        }

        var said = lines.Where(l => l.Content.Split(' ')[^1] is "one" or "two" or "three" or "loud").ToArray();
        Assert.Equal(["one", "two", "three"], said.Where(l => !l.IsErrorMessage).OrderBy(l => l.LineNumber).Select(l => l.Content.Split(' ')[^1]));
        Assert.EndsWith("loud", Assert.Single(said, l => l.IsErrorMessage).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telemetry_goes_where_the_dashboard_is()
    {
        await using var builder = TestModel.Create("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317", "--AppHost:OtlpApiKey=secret", "--environment=Development");
        builder.AddScript("script", "exec sleep 1000").WithOtlpExporter();
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("script", KnownResourceStates.Running, Limits.Deadline);
        var variables = app.State("script").EnvironmentVariables.Where(v => !v.Name.Contains("ATTRIBUTES", StringComparison.Ordinal)).ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=secret",
                ["OTEL_SERVICE_NAME"] = "script",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["OTEL_TRACES_SAMPLER"] = "always_on",
                ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
                ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true",
            }.OrderBy(v => v.Key),
            variables.OrderBy(v => v.Key));
    }

    [Fact]
    public void A_health_check_needs_an_endpoint_of_that_name()
    {
        using var builder = TestModel.Create();
        Assert.Throws<DistributedApplicationException>(() => builder.AddScript("script", "true").WithHttpHealthCheck(endpointName: "nowhere"));
    }

    [Fact]
    public async Task An_AppHost_that_fails_to_build_fails_the_test_with_its_reason()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(["--Replicas:inner=-1"], Limits.Deadline));
        Assert.Contains("replicas", fault.Message, StringComparison.Ordinal);
    }
}
