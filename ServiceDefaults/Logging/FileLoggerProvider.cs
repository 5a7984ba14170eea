using System.Diagnostics.Metrics;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Health;

namespace Museum.ServiceDefaults.Logging;

/// <summary>
/// Log lines into a file, behind whoever logs: a disk that stalls or is full costs lines, which are counted (<c>museum.log.dropped</c>) and
/// told of in the file, and never a visitor's time. While it cannot be written the capability <c>log_file</c> is away.
/// </summary>
[ProviderAlias("File")]
internal sealed class FileLoggerProvider : ILoggerProvider, ISupportExternalScope, IAsyncDisposable
{
    public const string MeterName = "Museum.Logging";
    public const string Capability = "log_file";

    // About 2 MB of lines: what a service says in a bad second.
    private const int Capacity = 4_096;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly JsonLineFormatter formatter;
    private readonly RollingFile file;
    private readonly Capabilities capabilities;
    private readonly TimeProvider time;
    private readonly Counter<long> dropped;
    private readonly Task writing;
    private IExternalScopeProvider? scopes;
    private long lost;

    // Of the writer alone.
    private long failedAt;
    private int unflushed;
    private bool? isAway;

    public FileLoggerProvider(
        IOptions<LogOptions> options, MuseumPaths paths, ServiceIdentity identity, JsonLineFormatter formatter, Capabilities capabilities, IMeterFactory meters, TimeProvider time)
    {
        (this.formatter, this.capabilities, this.time) = (formatter, capabilities, time);
        var settings = options.Value.File;
        var path = Path.Combine(paths.Data, settings.Path.Replace("{service}", identity.Service, StringComparison.Ordinal));
        file = new RollingFile(Path.GetFullPath(path), (long)(settings.MaxMb * (1 << 20)), settings.Files);
        dropped = meters.Create(MeterName).CreateCounter<long>("museum.log.dropped", "{line}", "Log lines that did not get into the file.");
        writing = Task.Run(WriteAsync);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    /// <summary>What was logged until now still gets into the file; nobody waits for it.</summary>
    public void Dispose() => lines.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await writing;
    }

    private void Log<TState>(in LogEntry<TState> entry)
    {
        if (!lines.Writer.TryWrite(Format(entry)))
        {
            Lose();
        }
    }

    private string Format<TState>(in LogEntry<TState> entry)
    {
        using var text = new StringWriter();
        formatter.Write(entry, scopes, text);
        return text.ToString();
    }

    private async Task WriteAsync()
    {
        while (await lines.Reader.WaitToReadAsync())
        {
            while (lines.Reader.TryRead(out var line))
            {
                if (isAway is true && time.GetElapsedTime(failedAt) < TryAgainAfter)
                {
                    Lose();
                }
                else
                {
                    TryTo(() => Write(line));
                }
            }

            if (isAway is false)
            {
                TryTo(Flush);
            }
        }

        file.Dispose();
    }

    private void Write(string line)
    {
        unflushed++;
        if (Interlocked.Read(ref lost) is > 0 and var missing)
        {
            var notice = new LogEntry<long>(LogLevel.Warning, GetType().FullName!, default, missing, null, static (n, _) => $"{n} log lines are missing here.");
            file.Write(Encoding.UTF8.GetBytes(Format(notice)));
            Interlocked.Add(ref lost, -missing);
        }

        file.Write(Encoding.UTF8.GetBytes(line));
    }

    private void Flush()
    {
        file.Flush();
        unflushed = 0;
    }

    private void TryTo(Action write)
    {
        try
        {
            write();
            Report(away: false, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failedAt = time.GetTimestamp();
            Lose(unflushed);
            unflushed = 0;
            // Not logged: that would be one more line for the file.
            Report(away: true, $"The log file cannot be written: {e.Message}");
        }
    }

    private void Report(bool away, string? reason)
    {
        if (isAway != away)
        {
            isAway = away;
            capabilities.Report(Capability, away ? CapabilityState.Away : CapabilityState.Ok, reason);
        }
    }

    private void Lose(int count = 1)
    {
        Interlocked.Add(ref lost, count);
        dropped.Add(count);
    }

    private sealed class Logger(FileLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider.scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Log(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
