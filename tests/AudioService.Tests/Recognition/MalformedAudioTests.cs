using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>Whatever is sent as a recording, who sent it is told what is wrong with it, and nothing of it stays.</summary>
[Collection(AudioCollection.Name)]
public sealed class MalformedAudioTests(AudioHost host)
{
    // What one who sends these at all sends at once.
    private const int AtOnce = 4;

    [Fact]
    public async Task Two_hundred_malformed_recordings_are_refused_with_the_reason_and_leave_nothing_behind()
    {
        await host.HearingAsync();
        var all = await Malformed.AllAsync();
        Assert.InRange(all.Count, 200, 250);
        Assert.Equal(all.Count, all.Select(m => m.Name).Distinct().Count());
        var open = OpenFiles();
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (malformed, _) =>
        {
            if (await WrongAsync(malformed) is { } reason)
            {
                wrong.Enqueue($"{malformed.Name}: {reason}");
            }
        });
        Assert.Empty(wrong);
        await Eventually.TrueAsync(() => !Recordings.Decoders().Any());
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "*museum-audio*"));
        await Eventually.TrueAsync(() => OpenFiles() <= open);
    }

    [Theory]
    [InlineData("RIFF\0\0\0\0WAVEfmt ", "audio/wav", "audio_too_large")]
    [InlineData("fLaC", "audio/flac", "audio_too_large")]
    [InlineData("OggS", "audio/ogg", "audio_too_large")]
    [InlineData("", "audio/pcm", "audio_too_large")]
    [InlineData("PK", "audio/mpeg", "format_unsupported")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.ogg\"\r\n\r\nOggS", "multipart/form-data; boundary=x", "audio_too_large")]
    public async Task A_stream_without_an_end_is_ended(string beginning, string type, string code)
    {
        // By hand: HttpClient reads no answer before it has sent everything.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(host.ServiceUrl).Port);
        await using var stream = connection.GetStream();
        var sending = SendAsync(stream, $"POST /api/audio/stt HTTP/1.1\r\nHost: museum\r\nAuthorization: Bearer {host.Tokens.Token()}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n", beginning);
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        while (!answer.ToString().Contains("\"trace_id\":\"", StringComparison.Ordinal) && await stream.ReadAsync(buffer).AsTask().SoonAsync() is var read and > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        Assert.StartsWith(code == "audio_too_large" ? "HTTP/1.1 413" : "HTTP/1.1 415", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer.ToString(), StringComparison.Ordinal);
        // Nobody takes more of it.
        await sending.SoonAsync();
        await Eventually.TrueAsync(() => !Recordings.Decoders().Any());
    }

    /// <summary>A beginning, and then zeros until the other side has closed.</summary>
    private static async Task SendAsync(NetworkStream stream, string head, string beginning)
    {
        var zeros = new byte[65_536];
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + (beginning.Length > 0 ? $"{beginning.Length:x}\r\n{beginning}\r\n" : "")));
            while (true)
            {
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{zeros.Length:x}\r\n"), .. zeros, .. "\r\n"u8]);
            }
        }
        catch (IOException)
        {
            // It has closed.
        }
    }

    /// <returns>Null: it was refused as it should be.</returns>
    private async Task<string?> WrongAsync(Malformed malformed)
    {
        using var client = host.Client();
        using var content = new ByteArrayContent(malformed.Bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", malformed.Type);
        using var response = await client.PostAsync("/api/audio/stt" + malformed.Query, content).SoonAsync();
        var body = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode is < 400 or >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests)
        {
            return $"{(int)response.StatusCode} {body}";
        }

        using var problem = JsonDocument.Parse(body);
        var (category, detail) = (problem.RootElement.GetProperty("category").GetString(), problem.RootElement.GetProperty("detail").GetString());
        return category == "client" && !string.IsNullOrEmpty(detail) ? null : body;
    }

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget?.Contains("museum-audio", StringComparison.Ordinal) == true);
}
