using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Museum.TestKit;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Museum.TelemetryTests;

public sealed class ExportTests
{
    [Fact]
    public async Task What_is_left_is_sent_when_the_host_stops()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var source = new ActivitySource("museum.export.test");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes([new("service.name", "exporting")]))
            .WithTracing(tracing => tracing.AddSource("museum.export.test"))
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(receiver.Address));
        var host = builder.Build();
        await host.StartAsync();
        source.StartActivity("the last span")!.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();

        await Eventually.TrueAsync(() => receiver.Spans.Any(span => span is { Service: "exporting", Name: "the last span" }));
    }
}
