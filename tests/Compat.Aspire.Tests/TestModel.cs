using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compat.Aspire.Tests;

/// <summary>An application that a test puts together itself.</summary>
internal static class TestModel
{
    public static IDistributedApplicationTestingBuilder Create(params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", Path.GetTempPath(), "-c", script);

    public static IResourceBuilder<ProjectResource> AddEcho(this IDistributedApplicationBuilder builder, string name = "echo") =>
        builder.AddProject<Projects.Echo>(name).WithHttpHealthCheck("/health/ready", endpointName: "http");

    public static async Task<DistributedApplication> StartAsync(this IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Limits.Deadline);
        await app.StartAsync(Limits.Deadline);
        return app;
    }

    public static CustomResourceSnapshot State(this DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var found) ? found.Snapshot : throw new ArgumentException($"There is no single {name}.", nameof(name));

    /// <summary>Waits for a line in the resource's log.</summary>
    public static async Task<string> LineAsync(this DistributedApplication app, string name, string text)
    {
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(name).WithCancellation(Limits.Deadline))
        {
            if (batch.FirstOrDefault(l => l.Content.Contains(text, StringComparison.Ordinal)) is { Content: { } line })
            {
                return line;
            }
        }

        throw new InvalidOperationException($"{name} ended its log without '{text}'.");
    }
}
