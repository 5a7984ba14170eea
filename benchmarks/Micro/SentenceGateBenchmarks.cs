using BenchmarkDotNet.Attributes;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;

namespace Museum.Benchmarks.Micro;

/// <summary>Every sentence of every turn passes the gate in AudioService and in AvatarService.</summary>
public class SentenceGateBenchmarks
{
    private readonly SentenceGate gate = new();
    private readonly SentenceComposed sentence = new()
    {
        Holder = "holder", Epoch = 1, Session = "sess_0123456789abcdef", Turn = 1, Sequence = 0, Text = "", Language = "en", SampleRate = 16_000, NeededBy = 0,
    };

    private long turn;

    [Benchmark]
    [Goal(Nanoseconds = 1000, Bytes = 600)]
    public Task Let_a_sentence_through() => gate.RunAsync(sentence with { Turn = ++turn }, _ => Task.CompletedTask, CancellationToken.None);
}
