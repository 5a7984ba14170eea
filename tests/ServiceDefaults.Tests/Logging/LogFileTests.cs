using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Logging;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Logging;

public sealed class LogFileTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-log-");

    private string Logs => Path.Combine(data.FullName, "logs");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task Without_a_setting_there_is_no_file()
    {
        await using (await StartAsync())
        {
        }

        Assert.False(Directory.Exists(Logs));
    }

    [Fact]
    public async Task The_handler_file_writes_what_the_console_would_say_and_what_was_said_last()
    {
        await using (var service = await StartAsync(("Logging:Handlers:0", "console"), ("Logging:Handlers:1", "file")))
        {
            service.Get<ILoggerFactory>().CreateLogger("Museum.Bell").LogInformation("The last {Word}", "word");
        }

        var line = JsonNode.Parse(File.ReadLines(Path.Combine(Logs, "testservice.log")).Single(l => l.Contains("The last word", StringComparison.Ordinal)))!;
        Assert.Equal(("testservice", "Museum.Bell", "word"), ((string?)line["service"], (string?)line["category"], (string?)line["state"]!["word"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Logs, "testservice.log")));
        }
    }

    [Theory]
    [InlineData("file", false)]
    [InlineData("console", true)]
    public void The_console_speaks_only_if_it_is_among_the_handlers(string handler, bool speaks)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Logging:Handlers:0"] = handler;
        builder.AddServiceDefaults("testservice");
        Assert.Equal(speaks, builder.Services.Any(s => s.ImplementationType == typeof(ConsoleLoggerProvider)));
    }

    [Theory]
    [InlineData("Logging:Handlers:0", "syslog", "Logging:Handlers: each is console or file.")]
    [InlineData("Logging:File:Files", "0", "Logging:File:Files is '0'; it must lie between 1 and 100.")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_says_why(string key, string value, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync((key, value)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Full_files_are_numbered_by_age_and_those_beyond_the_count_are_gone()
    {
        var path = Path.Combine(Logs, "bell.log");
        using (var file = new RollingFile(path, maxBytes: 10, files: 3))
        {
            foreach (var line in Enumerable.Range(1, 9))
            {
                file.Write(Encoding.UTF8.GetBytes($"{line}234\n"));
            }
        }

        Assert.Equal(["bell.log", "bell.log.1", "bell.log.2"], Directory.EnumerateFiles(Logs).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.Equal(["9234", "7234,8234", "5234,6234"], new[] { path, path + ".1", path + ".2" }.Select(f => string.Join(',', File.ReadLines(f))));
    }

    [Fact]
    public void It_goes_on_where_it_ended_and_a_line_longer_than_a_file_is_written_whole()
    {
        var path = Path.Combine(Logs, "bell.log");
        foreach (var line in new[] { "one\n", "two\n", "a line that is longer than a file\n" })
        {
            using var file = new RollingFile(path, maxBytes: 10, files: 1);
            file.Write(Encoding.UTF8.GetBytes(line));
        }

        Assert.Equal(["a line that is longer than a file"], File.ReadLines(path));
    }

    [Fact]
    public void Two_replicas_never_write_to_one_file()
    {
        var path = Path.Combine(Logs, "bell.log");
        using (var one = new RollingFile(path, 1_000, 3))
        using (var two = new RollingFile(path, 1_000, 3))
        {
            one.Write("one\n"u8);
            two.Write("two\n"u8);
        }

        Assert.Equal("one\n", File.ReadAllText(path));
        Assert.Equal("two\n", File.ReadAllText(Path.Combine(Logs, "bell-2.log")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_costs_lines_that_are_counted_and_nothing_else()
    {
        // A file where a folder should be.
        await File.WriteAllTextAsync(Logs, "");
        var clock = new ManualTime(realTimers: true);
        await using (var service = await StartAsync(clock, ("Logging:Handlers:0", "file")))
        {
            using var dropped = new MeterReadings(service.Get<IMeterFactory>(), FileLoggerProvider.MeterName);
            var log = service.Get<ILoggerFactory>().CreateLogger("Museum.Bell");
            log.LogInformation("lost");
            await Eventually.TrueAsync(() => dropped.Sum("museum.log.dropped") > 0);
            var reading = (await service.HealthAsync())["capabilities"]!["log_file"]!;
            Assert.Equal("away", (string?)reading["state"]);

            File.Delete(Logs);
            clock.Advance(TimeSpan.FromSeconds(6));
            log.LogInformation("kept");
            await Eventually.TrueAsync(async () => (string?)(await service.HealthAsync())["capabilities"]!["log_file"]!["state"] == "ok");
        }

        var lines = await File.ReadAllLinesAsync(Path.Combine(Logs, "testservice.log"));
        Assert.Contains(" log lines are missing here.", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines[1..], l => l.Contains("kept", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("\"lost\"", StringComparison.Ordinal));
    }

    private Task<DefaultsHost> StartAsync(params (string, string?)[] settings) => StartAsync(null, settings);

    private Task<DefaultsHost> StartAsync(TimeProvider? time, params (string, string?)[] settings) => DefaultsHost.StartAsync(
        configure: b =>
        {
            if (time is not null)
            {
                b.Services.AddSingleton(time);
            }
        },
        settings: [("MUSEUM_DATA", data.FullName), .. settings]);
}
