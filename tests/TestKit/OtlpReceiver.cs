using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Museum.TestKit;

/// <summary>A collector for OTLP over HTTP with protobuf bodies (opentelemetry-proto v1: the field numbers below are its).</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> spans = new();
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> bodies = new();
    private readonly WebApplication app;

    private OtlpReceiver(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public IReadOnlyCollection<ReceivedSpan> Spans => spans;

    /// <summary>Whether the text stands anywhere in what came of a signal (<c>traces</c>, <c>metrics</c>, <c>logs</c>): in a name, an attribute, a log line.</summary>
    public bool Saw(string signal, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return bodies.Any(b => b.Signal == signal && b.Body.AsSpan().IndexOf(bytes) >= 0);
    }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request, string signal)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        bodies.Enqueue((signal, body.ToArray()));
        foreach (var resourceSpans in signal == "traces" ? Messages(body.ToArray(), 1) : [])
        {
            var service = Messages(resourceSpans, 1).SelectMany(r => Messages(r, 1)).Where(a => Text(a, 1) == "service.name")
                .Select(a => Text(Messages(a, 2).First(), 1)).FirstOrDefault("");
            foreach (var scopeSpans in Messages(resourceSpans, 2))
            {
                var scope = Messages(scopeSpans, 1).Select(s => Text(s, 1)).FirstOrDefault("");
                foreach (var span in Messages(scopeSpans, 2))
                {
                    spans.Enqueue(new(service, scope, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5))
                    {
                        StartUnixNs = Fixed(span, 7),
                        EndUnixNs = Fixed(span, 8),
                        Attributes = Messages(span, 9).ToLookup(a => Text(a, 1), a => Value(Messages(a, 2).FirstOrDefault([]))).ToDictionary(a => a.Key, a => a.Last()),
                    });
                }
            }
        }

        return Results.Bytes([], "application/x-protobuf");
    }

    private static string Text(byte[] message, int field) => Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault("");

    private static string Hex(byte[] message, int field) => Messages(message, field).Select(Convert.ToHexStringLower).FirstOrDefault("");

    /// <summary>An AnyValue as text, where it is text or a whole number.</summary>
    private static string Value(byte[] message)
    {
        var input = new CodedInputStream(message);
        return WireFormat.GetTagFieldNumber(input.ReadTag()) switch
        {
            1 => input.ReadString(),
            3 => input.ReadInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    private static long Fixed(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.Fixed64))
            {
                return (long)input.ReadFixed64();
            }

            input.SkipLastField();
        }

        return 0;
    }

    /// <summary>Every length-delimited field of that number.</summary>
    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                yield return input.ReadBytes().ToByteArray();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }
}
