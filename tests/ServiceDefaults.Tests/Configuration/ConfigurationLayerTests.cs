using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Configuration;

public sealed class ConfigurationLayerTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("museum-layers-");

    public ConfigurationLayerTests()
    {
        Directory.CreateDirectory(Path.Combine(home.FullName, "config", "services"));
        Write("global.json", """{"Tone": {"A": "global", "B": "global", "C": "global", "D": "global"}}""");
        Write("services/bell.json", """{"Tone": {"B": "service", "C": "service", "D": "service"}}""");
        Write("services/drum.json", """{"Tone": {"A": "another service"}}""");
    }

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public void Global_gives_way_to_the_service_that_to_the_environment_and_that_to_the_command_line()
    {
        using var environment = new EnvironmentSetting(("Tone__C", "environment"), ("Tone__D", "environment"));
        var configuration = Build("--Tone:D", "command line").Configuration;
        Assert.Equal(["global", "service", "environment", "command line"], new[] { "A", "B", "C", "D" }.Select(k => configuration["Tone:" + k]));
    }

    [Fact]
    public async Task An_edited_file_is_read_again_while_the_service_runs()
    {
        var configuration = Build().Configuration;
        Write("services/bell.json", """{"Tone": {"A": "edited"}}""");
        await Eventually.TrueAsync(() => configuration["Tone:A"] == "edited");
        Assert.Equal("global", configuration["Tone:B"]);
    }

    [Fact]
    public void Home_is_the_nearest_folder_upwards_that_holds_the_configuration()
    {
        var below = home.CreateSubdirectory("bin/Release").FullName;
        var paths = Paths(WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = below }));
        Assert.Equal(
            (home.FullName, Path.Combine(home.FullName, "data"), Path.Combine(home.FullName, "content")),
            (paths.Home, paths.Data, paths.Content));
    }

    [Fact]
    public void Home_data_and_content_can_be_said()
    {
        var paths = Paths(Builder("--Museum:Home", home.FullName + "/bin/..", "--MUSEUM_DATA", "/var/lib/museum", "--Museum:Content", home.FullName + "/texts"));
        Assert.Equal((home.FullName, "/var/lib/museum", home.FullName + "/texts"), (paths.Home.TrimEnd('/'), paths.Data, paths.Content));
    }

    [Fact]
    public void A_services_data_folder_is_its_owners_alone()
    {
        var folder = Paths(Builder("--MUSEUM_DATA", Path.Combine(home.FullName, "data"))).DataOf("bell");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    private static MuseumPaths Paths(WebApplicationBuilder builder) => builder.AddConfigurationLayers("bell");

    private WebApplicationBuilder Build(params string[] arguments)
    {
        var builder = Builder(arguments);
        builder.AddConfigurationLayers("bell");
        return builder;
    }

    private WebApplicationBuilder Builder(params string[] arguments) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = home.FullName, Args = arguments });

    private void Write(string file, string json) => File.WriteAllText(Path.Combine(home.FullName, "config", file), json);

    /// <summary>Variables of this process for as long as a test needs them; nothing else reads these.</summary>
    private sealed class EnvironmentSetting : IDisposable
    {
        private readonly string[] names;

        public EnvironmentSetting(params (string Name, string Value)[] settings)
        {
            names = [.. settings.Select(s => s.Name)];
            foreach (var (name, value) in settings)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var name in names)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
