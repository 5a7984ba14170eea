using Museum.AudioService.Espeak;

// stdin ─► RequestReader's thread ─► requests ─► this thread: espeak-ng ─► stdout
using var input = Console.OpenStandardInput();
// A piece of sound and the events in it leave together: each frame by itself would wake the service a dozen times.
using var output = new BufferedStream(Console.OpenStandardOutput(), 16 << 10);
try
{
    var rate = Speaker.Initialize(output);
    if (rate <= 0)
    {
        return EspeakFrames.NoData;
    }

    output.Write(EspeakFrames.Compose(EspeakFrame.Ready, w => w.Write(rate)));
    output.Flush();
}
catch (DllNotFoundException)
{
    return EspeakFrames.NoLibrary;
}

using var reader = new RequestReader(input);
reader.Start();
foreach (var request in reader.Requests)
{
    Speaker.Speak(request);
}

return 0;
