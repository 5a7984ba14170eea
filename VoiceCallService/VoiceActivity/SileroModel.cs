using Microsoft.ML.OnnxRuntime;

namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>
/// Silero VAD 5 (MIT): how probable it is that somebody speaks in a window of 32 ms. Inputs <c>input</c> [batch, 64 + 512] at 16 kHz,
/// <c>state</c> [2, batch, 128] and <c>sr</c>; outputs <c>output</c> [batch, 1] and <c>stateN</c>. Not thread-safe: it has one thread.
/// </summary>
internal sealed class SileroModel : IDisposable
{
    /// <summary>32 ms at 16 kHz; the model takes no other.</summary>
    public const int WindowSamples = 512;

    /// <summary>A batch of four costs half as much a window as one alone; larger ones cost the same and hold everybody up for longer.</summary>
    public const int MostWindows = 4;

    private const int InputSamples = SileroState.ContextSamples + WindowSamples;
    private const int StateHalf = SileroState.Size / 2;

    private static readonly string[] Inputs = ["input", "state", "sr"];
    private static readonly string[] Outputs = ["output", "stateN"];

    private readonly Microsoft.ML.OnnxRuntime.SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
    private readonly RunOptions run = new();
    private readonly InferenceSession session;
    private readonly OrtValue rate = OrtValue.CreateTensorValueFromMemory(new long[] { 16_000 }, []);

    // One set of buffers for each size of batch, so that nothing is made per window.
    private readonly Batch[] batches;

    /// <exception cref="OnnxRuntimeException">The file is missing or is no model of this kind.</exception>
    public SileroModel(string path)
    {
        session = new InferenceSession(path, options);
        batches = [.. Enumerable.Range(1, MostWindows).Select(size => new Batch(size, rate))];
    }

    /// <param name="windows">One to <see cref="MostWindows"/>, each of another call.</param>
    public void Run(ReadOnlySpan<SpeechWindow> windows)
    {
        var batch = batches[windows.Length - 1];
        for (var i = 0; i < windows.Length; i++)
        {
            Load(batch, i, windows[i]);
        }

        session.Run(run, Inputs, batch.InputValues, Outputs, batch.OutputValues);
        for (var i = 0; i < windows.Length; i++)
        {
            windows[i].Probability = batch.Probabilities[i];
            for (var layer = 0; layer < 2; layer++)
            {
                batch.NextState.AsSpan(((layer * windows.Length) + i) * StateHalf, StateHalf).CopyTo(windows[i].State.Memory.AsSpan(layer * StateHalf));
            }
        }
    }

    public void Dispose()
    {
        Array.ForEach(batches, b => b.Dispose());
        rate.Dispose();
        session.Dispose();
        run.Dispose();
        options.Dispose();
    }

    private static void Load(Batch batch, int index, SpeechWindow window)
    {
        var input = batch.Input.AsSpan(index * InputSamples, InputSamples);
        window.State.Context.CopyTo(input);
        window.Samples.CopyTo(input[SileroState.ContextSamples..]);
        window.Samples.AsSpan(WindowSamples - SileroState.ContextSamples).CopyTo(window.State.Context);
        for (var layer = 0; layer < 2; layer++)
        {
            window.State.Memory.AsSpan(layer * StateHalf, StateHalf).CopyTo(batch.State.AsSpan(((layer * batch.Size) + index) * StateHalf));
        }
    }

    private sealed class Batch : IDisposable
    {
        public Batch(int size, OrtValue rate)
        {
            Size = size;
            (Input, State) = (new float[size * InputSamples], new float[size * SileroState.Size]);
            (Probabilities, NextState) = (new float[size], new float[size * SileroState.Size]);
            InputValues = [OrtValue.CreateTensorValueFromMemory(Input, [size, InputSamples]), OrtValue.CreateTensorValueFromMemory(State, [2, size, StateHalf]), rate];
            OutputValues = [OrtValue.CreateTensorValueFromMemory(Probabilities, [size, 1]), OrtValue.CreateTensorValueFromMemory(NextState, [2, size, StateHalf])];
        }

        public int Size { get; }

        public float[] Input { get; }

        public float[] State { get; }

        public float[] Probabilities { get; }

        public float[] NextState { get; }

        public OrtValue[] InputValues { get; }

        public OrtValue[] OutputValues { get; }

        public void Dispose()
        {
            Array.ForEach(InputValues[..2], v => v.Dispose());
            Array.ForEach(OutputValues, v => v.Dispose());
        }
    }
}
