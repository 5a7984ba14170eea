using System.Collections.Concurrent;

namespace Museum.AudioService.Espeak;

internal sealed record SpeakRequest(int Id, int WordsPerMinute, int Pitch, (string Voice, string Text)[] Runs);

/// <summary>
/// Reads frames on a thread of its own, so that a Cancel, or the service's death (the end of the input), is noticed in the middle of a sentence.
/// </summary>
internal sealed class RequestReader(Stream input) : IDisposable
{
    // One at a time is the rule between the two sides; two leave room for a request that overtakes a cancelled one's Done.
    private readonly BlockingCollection<SpeakRequest> requests = new(2);

    public IEnumerable<SpeakRequest> Requests => requests.GetConsumingEnumerable();

    public void Start() => new Thread(Read) { IsBackground = true, Name = "frames in" }.Start();

    public void Dispose() => requests.Dispose();

    private void Read()
    {
        while (EspeakFrames.ReadAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult() is var (kind, body))
        {
            var id = body.ReadInt32();
            if (kind == EspeakFrame.Cancel)
            {
                Speaker.Cancel(id);
            }
            else if (kind == EspeakFrame.Speak)
            {
                var wordsPerMinute = body.ReadInt32();
                var pitch = body.ReadInt32();
                var runs = new (string, string)[body.ReadInt32()];
                for (var i = 0; i < runs.Length; i++)
                {
                    runs[i] = (body.ReadString(), body.ReadString());
                }

                requests.Add(new SpeakRequest(id, wordsPerMinute, pitch, runs));
            }
        }

        Environment.Exit(0);
    }
}
