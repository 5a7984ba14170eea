using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Logging;

/// <summary>
/// A log line as one line of JSON, with the service, its environment and its replica in every one:
/// <code>
/// {"timestamp":"2026-11-22T09:00:00.000Z","level":"information","service":"gateway","environment":"Production","instance":"5f0c…","category":"Museum.Audit",
///  "message":"config.change by ada on …","trace_id":"…","span_id":"…","exception":"…","state":{"action":"config.change",…},"scope":{"request_path":"/api/…"}}
/// </code>
/// </summary>
internal sealed class JsonLineFormatter(ServiceIdentity identity, IHostEnvironment environment, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "museum";

    // Chinese stays readable; nobody puts a log line into a page.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("service", identity.Service);
            json.WriteString("environment", environment.EnvironmentName);
            json.WriteString("instance", identity.Instance);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteTrace(json);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            WriteFields(json, "state", Fields(logEntry.State));
            var scope = new Dictionary<string, object?>();
            scopeProvider?.ForEachScope(static (values, into) => Add(into, values), scope);
            WriteFields(json, "scope", scope);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }
    }

    private static Dictionary<string, object?> Fields(object? state)
    {
        var fields = new Dictionary<string, object?>();
        Add(fields, state);
        return fields;
    }

    /// <summary>Of several by one name the innermost counts.</summary>
    private static void Add(Dictionary<string, object?> fields, object? values)
    {
        foreach (var (name, value) in values as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            if (name is not "{OriginalFormat}")
            {
                fields[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] = value;
            }
        }
    }

    private static void WriteFields(Utf8JsonWriter json, string name, Dictionary<string, object?> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in fields)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or short or byte:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            // JSON has no infinity.
            case double or float or decimal when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
