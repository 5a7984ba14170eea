using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

/// <summary>The console of one resource; what the AppHost has to say about the resource goes there too.</summary>
internal sealed class ResourceLog(Action<string, bool> forward) : ILogger
{
    // As many as the original keeps.
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _kept = new();
    private readonly List<Channel<LogLine>> _watchers = [];
    private int _lines;
    private bool _complete;

    public void Write(string line, bool isError)
    {
        lock (_lock)
        {
            if (_kept.Count == Capacity)
            {
                _kept.Dequeue();
            }

            var written = new LogLine(++_lines, line, isError);
            _kept.Enqueue(written);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(written);
            }
        }

        forward(line, isError);
    }

    public IReadOnlyList<LogLine> Kept()
    {
        lock (_lock)
        {
            return [.. _kept];
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            _watchers.ForEach(w => w.Writer.TryComplete());
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Who reads slower than the resource writes loses the oldest lines, not the resource its pace.
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            foreach (var line in _kept)
            {
                channel.Writer.TryWrite(line);
            }

            _watchers.Add(channel);
            if (_complete)
            {
                channel.Writer.TryComplete();
            }
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        Write(exception is null ? text : $"{text} {exception.GetType().Name}: {exception.Message}", logLevel >= LogLevel.Error);
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
