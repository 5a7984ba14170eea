using System.Collections.Concurrent;
using Museum.AudioService.Espeak;

// stdin ─► reader thread ─► requests ─► this thread: espeak-ng ─► stdout
// The reader notices a Cancel, or the service's death (end of input), in the middle of a sentence.
using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();

int rate;
try
{
    rate = Speaker.Initialize(output);
}
catch (DllNotFoundException)
{
    return EspeakFrames.NoLibrary;
}

if (rate <= 0)
{
    return EspeakFrames.NoData;
}

output.Write(EspeakFrames.Compose(EspeakFrame.Ready, w => w.Write(rate)));
output.Flush();

// One at a time is the rule between the two sides; two leave room for a request that overtakes a cancelled one's Done.
using var requests = new BlockingCollection<(int Id, int Rate, (string, string)[] Runs)>(2);
new Thread(Listen) { IsBackground = true, Name = "frames in" }.Start();
foreach (var (id, wordsPerMinute, runs) in requests.GetConsumingEnumerable())
{
    Speaker.Speak(id, wordsPerMinute, runs);
}

return 0;

void Listen()
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
            var runs = new (string, string)[body.ReadInt32()];
            for (var i = 0; i < runs.Length; i++)
            {
                runs[i] = (body.ReadString(), body.ReadString());
            }

            requests.Add((id, wordsPerMinute, runs));
        }
    }

    Environment.Exit(0);
}
