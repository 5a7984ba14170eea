using System.Diagnostics;
using Museum.AudioService.Tests.Remote;

namespace Museum.AudioService.Tests.Whisper;

/// <summary>The library as the set-up builds it, once per machine; and a folder for models.</summary>
public sealed class WhisperLibraryFixture : IAsyncLifetime
{
    // A build on a busy machine.
    private static readonly TimeSpan Building = TimeSpan.FromMinutes(8);

    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("museum-whisper-");

    public string Library { get; } = Path.Combine(Root(), ".museum", "tools", "whisper", "libwhisper.so");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Library))
        {
            using var setup = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Root(), "setup", "whisper.sh")]) { RedirectStandardError = true })!;
            var said = await setup.StandardError.ReadToEndAsync().WaitAsync(Building);
            await setup.WaitForExitAsync();
            Assert.True(setup.ExitCode == 0, said);
        }
    }

    public Task DisposeAsync()
    {
        models.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Says "Who made the first?" to everything.</summary>
    public string English() => Model("english", " Who", " ma", "de", " the", " first", "?");

    /// <summary>Says 谁画的 to everything, in tokens that are parts of characters.</summary>
    public string Chinese()
    {
        var bytes = "谁画的"u8.ToArray();
        var path = PathOf("chinese");
        WhisperModelWriter.WriteSaying(path, bytes[..2], bytes[2..4], bytes[4..6], bytes[6..]);
        return path;
    }

    public string Silent()
    {
        var path = PathOf("silent");
        WhisperModelWriter.WriteSilent(path);
        return path;
    }

    public string Model(string name, params string[] tokens)
    {
        var path = PathOf(name);
        WhisperModelWriter.WriteSaying(path, WhisperModelWriter.Tokens(tokens));
        return path;
    }

    public string PathOf(string name) => Path.Combine(models.FullName, $"{name}-{Guid.NewGuid():N}.bin");

    /// <summary>Started: its recognisers are loaded and looked after.</summary>
    internal async Task<EarHost> HostAsync(string model, Dictionary<string, string>? more = null)
    {
        var host = new EarHost(new Dictionary<string, string>
        {
            ["Stt:Providers:en:0"] = "whisper",
            ["Stt:Providers:zh:0"] = "whisper",
            ["Stt:Whisper:Model"] = model,
            ["Stt:Whisper:Library"] = Library,
            ["Pools:whisper:Timeout"] = "00:05:00",
        }.Concat(more ?? []).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value));
        await host.StartAsync();
        return host;
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Museum.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
