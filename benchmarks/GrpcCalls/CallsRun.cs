using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;

namespace Museum.Benchmarks.Calls;

/// <summary>Each measurement runs for the given time and prints one line; memory is what both sides allocate together.</summary>
internal sealed class CallsRun(Calls.CallsClient client, TimeSpan time)
{
    private readonly Packet _packet = new() { Payload = ByteString.CopyFrom(new byte[100]) };

    public async Task WarmUpAsync()
    {
        for (var i = 0; i < 3000; i++)
        {
            await client.OnceAsync(_packet);
        }
    }

    public async Task UnaryAsync(int inFlight)
    {
        var latencies = new List<double>[inFlight];
        await MeasureAsync($"unary, {inFlight} in flight", async watch =>
        {
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async worker =>
            {
                latencies[worker] = [];
                while (watch.Elapsed < time)
                {
                    var start = Stopwatch.GetTimestamp();
                    await client.OnceAsync(_packet);
                    latencies[worker].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }
            }));
            return latencies.Sum(list => list.Count);
        });
        PrintPercentiles([.. latencies.SelectMany(list => list)]);
    }

    public Task DownAsync() => MeasureAsync("server stream", async watch =>
    {
        using var call = client.Down(_packet);
        var count = 0;
        while (watch.Elapsed < time && await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            count++;
        }

        return count;
    });

    public Task UpAsync() => MeasureAsync("client stream", async watch =>
    {
        using var call = client.Up();
        while (watch.Elapsed < time)
        {
            await call.RequestStream.WriteAsync(_packet);
        }

        await call.RequestStream.CompleteAsync();
        return (await call).Count;
    });

    public async Task BothAsync()
    {
        var latencies = new List<double>();
        await MeasureAsync("duplex, there and back", async watch =>
        {
            using var call = client.Both();
            while (watch.Elapsed < time)
            {
                var start = Stopwatch.GetTimestamp();
                await call.RequestStream.WriteAsync(_packet);
                await call.ResponseStream.MoveNext(CancellationToken.None);
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            await call.RequestStream.CompleteAsync();
            return latencies.Count;
        });
        PrintPercentiles(latencies);
    }

    private static void PrintPercentiles(List<double> microseconds)
    {
        microseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    p50 {microseconds[microseconds.Count / 2]:F0} µs, p95 {microseconds[microseconds.Count * 95 / 100]:F0} µs, p99 {microseconds[microseconds.Count * 99 / 100]:F0} µs"));
    }

    private static async Task MeasureAsync(string name, Func<Stopwatch, Task<int>> run)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var count = await run(watch);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {count / watch.Elapsed.TotalSeconds:F0}/s, {(GC.GetTotalAllocatedBytes() - allocated) / count} bytes each"));
    }
}
