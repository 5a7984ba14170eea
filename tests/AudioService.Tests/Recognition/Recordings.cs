using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>Recordings as visitors' devices make them, and what the service starts to read them.</summary>
internal static class Recordings
{
    /// <summary>PCM16 at 16 kHz in a container and a codec, as ffmpeg calls them.</summary>
    public static async Task<byte[]> EncodeAsync(short[] pcm, string container, string codec)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ears-{Guid.NewGuid():N}");
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "pipe:0", "-c:a", codec, "-f", container, file])
        {
            RedirectStandardInput = true,
        })!;
        await ffmpeg.StandardInput.BaseStream.WriteAsync(MemoryMarshal.AsBytes<short>(pcm).ToArray());
        ffmpeg.StandardInput.Close();
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        var bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return bytes;
    }

    /// <summary>Decoders of this process only, by the files of its memory that they read: other tests on the machine have theirs.</summary>
    public static IEnumerable<string> Decoders() => Ffmpegs().Where(command => command.Contains($"/proc/{Environment.ProcessId}/fd/", StringComparison.Ordinal));

    /// <summary>The command lines of all that run on this machine.</summary>
    public static IEnumerable<string> Ffmpegs()
    {
        foreach (var process in Process.GetProcessesByName("ffmpeg"))
        {
            using (process)
            {
                yield return CommandOf(process.Id);
            }
        }
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return "";
        }
    }
}
