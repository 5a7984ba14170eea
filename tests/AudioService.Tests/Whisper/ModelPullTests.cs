using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Museum.AudioService.Tests.Whisper;

/// <summary><c>./museum models pull</c> against a server on this machine.</summary>
public sealed class ModelPullTests : IAsyncLifetime
{
    private const string Name = "whisper-test";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-models-");
    private readonly byte[] model = RandomNumberGenerator.GetBytes(300_000);
    private readonly List<string?> ranges = [];
    private WebApplication server = null!;
    private int? breaksAfter;
    private bool takesNoRanges;

    private string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private string File => Path.Combine(data.FullName, "models", $"{Name}.bin");

    private string Part => Path.Combine(data.FullName, "models", $".{Name}.part");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_model_is_fetched_checked_and_not_fetched_again()
    {
        var (status, said) = await PullAsync();
        Assert.True(status == 0, said);
        Assert.Equal(model, System.IO.File.ReadAllBytes(File));
        Assert.False(System.IO.File.Exists(Part));
        (status, said) = await PullAsync();
        Assert.Equal(0, status);
        Assert.Contains("here already", said, StringComparison.Ordinal);
        Assert.Single(ranges);
    }

    [Fact]
    public async Task After_a_break_it_goes_on_where_it_was()
    {
        breaksAfter = 100_000;
        var (status, said) = await PullAsync();
        Assert.True(status == 0, said);
        Assert.Equal(model, System.IO.File.ReadAllBytes(File));
        Assert.Null(ranges[0]);
        Assert.All(ranges.Skip(1), range => Assert.StartsWith("bytes=", range, StringComparison.Ordinal));
        Assert.InRange(ranges.Count, 2, 10);
    }

    [Fact]
    public async Task What_an_earlier_pull_has_left_is_gone_on_with()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        System.IO.File.WriteAllBytes(Part, model[..200_000]);
        var (status, said) = await PullAsync();
        Assert.True(status == 0, said);
        Assert.Equal(["bytes=200000-"], ranges);
        Assert.Equal(model, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_for_the_whole_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        System.IO.File.WriteAllBytes(Part, model[..200_000]);
        takesNoRanges = true;
        var (status, said) = await PullAsync();
        Assert.True(status == 0, said);
        Assert.Equal(model, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public async Task What_has_another_checksum_is_thrown_away()
    {
        var (status, said) = await PullAsync(sum: new string('0', 64));
        Assert.NotEqual(0, status);
        Assert.Contains("SHA-256", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task A_model_that_is_not_there_any_more_is_said_plainly()
    {
        var (status, said) = await PullAsync(path: "gone.bin");
        Assert.NotEqual(0, status);
        Assert.Contains("not to be had there any more", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_it_says_so_and_what_to_do()
    {
        var (status, said) = await PullAsync(address: $"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        Assert.NotEqual(0, status);
        Assert.Contains("is there a connection to the internet?", said, StringComparison.Ordinal);
        Assert.Contains($"{Name}.bin", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_models_are_listed_with_what_is_here()
    {
        var (_, before) = await RunAsync("list");
        Assert.Contains(Name, before, StringComparison.Ordinal);
        Assert.DoesNotContain("here", before, StringComparison.Ordinal);
        await PullAsync();
        Assert.Contains("here", (await RunAsync("list")).Said, StringComparison.Ordinal);
        var (status, said) = await RunAsync("pull", "whisper-of-nobody");
        Assert.Equal(2, status);
        Assert.Contains(Name, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_house_s_table_is_whole()
    {
        var lines = (await System.IO.File.ReadAllLinesAsync(Path.Combine(WhisperLibraryFixture.Root(), "setup", "models.tsv"))).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t')).ToList();
        Assert.Contains(lines, l => l[0] == "whisper-base");
        Assert.All(lines, l =>
        {
            Assert.Equal(5, l.Length);
            Assert.InRange(long.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture), 1_000_000, 4_000_000_000);
            Assert.Matches("^[0-9a-f]{64}$", l[2]);
            Assert.StartsWith("https://", l[3], StringComparison.Ordinal);
        });
    }

    private Task<(int Status, string Said)> PullAsync(string? sum = null, string path = "model.bin", string? address = null) => RunAsync(sum, path, address, "pull", Name);

    private Task<(int Status, string Said)> RunAsync(params string[] arguments) => RunAsync(null, "model.bin", null, arguments);

    private async Task<(int Status, string Said)> RunAsync(string? sum, string path, string? address, params string[] arguments)
    {
        var table = Path.Combine(data.FullName, "models.tsv");
        await System.IO.File.WriteAllTextAsync(table, $"# of this test\n{Name}\t{model.Length}\t{sum ?? Convert.ToHexStringLower(SHA256.HashData(model))}\t{address ?? Address}/{path}\tfor a test\n");
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(WhisperLibraryFixture.Root(), "setup", "models.sh"), .. arguments, "--data", data.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MUSEUM_MODELS"] = table, ["no_proxy"] = "*" },
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/model.bin")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var range = context.Request.Headers.Range.FirstOrDefault();
        ranges.Add(range);
        var from = range is null || takesNoRanges ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{model.Length - 1}/{model.Length}";
        }

        context.Response.ContentLength = model.Length - from;
        var until = Math.Min(model.Length, from + (breaksAfter ?? model.Length));
        // Kestrel ends the connection after fewer bytes than were promised.
        await context.Response.Body.WriteAsync(model.AsMemory(from..until));
    }
}
