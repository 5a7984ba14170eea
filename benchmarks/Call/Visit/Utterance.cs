using Museum.Benchmarks.Call.Sound;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>Something said, or coughed, into the microphone, and when its first and its last audible sample left for the server.</summary>
internal sealed class Utterance
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly short[] pcm;
    private readonly long from;
    private readonly long first;
    private readonly long last;

    public Utterance(short[] pcm, long from)
    {
        (this.pcm, this.from) = (pcm, from);
        var edges = Pcm.Edges(pcm);
        (first, last) = (from + edges.First, from + edges.Last);
    }

    /// <summary>Its beginning has left; <see cref="OnsetAt"/> is known.</summary>
    public Task Begun => begun.Task;

    /// <summary>Its end has left; <see cref="EndAt"/> is known.</summary>
    public Task Over => over.Task;

    /// <summary>Stopwatch ticks.</summary>
    public long OnsetAt { get; private set; }

    /// <summary>Stopwatch ticks.</summary>
    public long EndAt { get; private set; }

    /// <summary>Nothing more to add or to note.</summary>
    public bool IsSent { get; private set; }

    public void AddTo(Span<double> frame, long position)
    {
        var begin = Math.Max(0, from - position);
        var end = Math.Min(frame.Length, from + pcm.Length - position);
        for (var i = begin; i < end; i++)
        {
            frame[(int)i] += pcm[position + i - from];
        }
    }

    public void Sent(long position, long at)
    {
        if (OnsetAt == 0 && position > first)
        {
            OnsetAt = at;
            begun.TrySetResult();
        }

        if (EndAt == 0 && position > last)
        {
            EndAt = at;
            over.TrySetResult();
        }

        IsSent = position >= from + pcm.Length;
    }
}
