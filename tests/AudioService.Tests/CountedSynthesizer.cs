using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests;

/// <summary>Tones, counted, that can be held up, stopped and taken away.</summary>
internal sealed class CountedSynthesizer(string name) : ISpeechSynthesizer
{
    private readonly ScriptedSynthesizer tones = new();
    private readonly ConcurrentQueue<string> said = [];
    private int made;

    public int Made => Volatile.Read(ref made);

    public string[] Said => [.. said];

    public string Version { get; set; } = "1";

    public bool Away { get; set; }

    public bool BreaksOff { get; set; }

    public TaskCompletionSource? PauseBeforeFirst { get; set; }

    public TaskCompletionSource? PauseAfterFirst { get; set; }

    /// <summary>It was cancelled.</summary>
    public TaskCompletionSource Stopped { get; } = new();

    public string Name => name;

    public IReadOnlyList<Voice> Voices { get; } = [new("other", "en", name)];

    public bool Speaks(string language) => true;

    public string Voicing(Utterance utterance) => Version;

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => ValueTask.FromResult(Away ? "away" : null);

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        if (Away)
        {
            throw new DependencyException("switched_off", "Away.");
        }

        said.Enqueue(utterance.Text);
        Interlocked.Increment(ref made);
        await PauseAsync(PauseBeforeFirst, ct);
        await foreach (var piece in tones.SynthesizeAsync(utterance, ct))
        {
            yield return piece;
            await PauseAsync(PauseAfterFirst, ct);
            if (BreaksOff)
            {
                throw new DependencyException("broken", "It broke.");
            }
        }
    }

    private async Task PauseAsync(TaskCompletionSource? pause, CancellationToken ct)
    {
        try
        {
            await (pause?.Task ?? Task.CompletedTask).WaitAsync(ct);
        }
        finally
        {
            if (ct.IsCancellationRequested)
            {
                Stopped.TrySetResult();
            }
        }
    }
}
