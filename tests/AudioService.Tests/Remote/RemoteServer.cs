using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Museum.AudioService.Tests.Remote;

/// <summary>Stands on this machine where a service stands on the internet, on real Kestrel.</summary>
internal abstract class RemoteServer : IAsyncDisposable
{
    private WebApplication app = null!;

    protected string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    protected Uri SocketAddress => new(Address.Replace("http://", "ws://", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    protected async Task StartAsync(RequestDelegate answer)
    {
        // Not the tests' own folder: settings of the services under test lie there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
    }

    /// <summary>A tone for every letter and hanzi, 50 ms each, as PCM16.</summary>
    protected static byte[] Tones(string text, int sampleRate)
    {
        var length = sampleRate / 20;
        using var pcm = new MemoryStream();
        using var writer = new BinaryWriter(pcm);
        foreach (var letter in text.Where(char.IsLetterOrDigit))
        {
            for (var i = 0; i < length; i++)
            {
                writer.Write((short)(6_000 * Math.Sin(2 * Math.PI * (200 + (letter % 40 * 10)) * i / sampleRate)));
            }
        }

        return pcm.ToArray();
    }

    /// <summary>The words as a service tells them: a hanzi or a run of letters each, with their times in seconds.</summary>
    protected static IEnumerable<(string Text, double Start, double End)> Words(string text)
    {
        var at = 0;
        for (var i = 0; i < text.Length;)
        {
            var end = i + 1;
            if (text[i] < '\u3400')
            {
                while (char.IsLetterOrDigit(text[i]) && end < text.Length && char.IsLetterOrDigit(text[end]) && text[end] < '\u3400')
                {
                    end++;
                }
            }

            if (char.IsLetterOrDigit(text[i]))
            {
                yield return (text[i..end], at / 20.0, (at + end - i) / 20.0);
                at += end - i;
            }

            i = end;
        }
    }

    protected static async Task<byte[]> Mp3Async(byte[] pcm, int sampleRate)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-v error -f s16le -ar {sampleRate} -ac 1 -i pipe:0 -b:a 48k -f mp3 pipe:1")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var mp3 = new MemoryStream();
        var reading = ffmpeg.StandardOutput.BaseStream.CopyToAsync(mp3);
        await ffmpeg.StandardInput.BaseStream.WriteAsync(pcm);
        ffmpeg.StandardInput.Close();
        await reading.SoonAsync();
        return mp3.ToArray();
    }

    protected static Task SendAsync(WebSocket socket, string text, CancellationToken ct) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, ct);

    /// <summary>Null: the other side said goodbye, or hung up.</summary>
    protected static async Task<byte[]?> ReceiveAsync(WebSocket socket, CancellationToken ct) => (await ReceiveMessageAsync(socket, ct))?.Message;

    /// <summary>Null: the other side said goodbye, or hung up.</summary>
    protected static async Task<(WebSocketMessageType Kind, byte[] Message)?> ReceiveMessageAsync(WebSocket socket, CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8_192];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, ct);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return (part.MessageType, message.ToArray());
                }
            }
        }
        // The latter: a message was being sent when the other side hung up.
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
