using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Tests.Configuration;

public sealed class SettingTests
{
    private static readonly SettingsCatalog Catalog = new(SettingDescriber.Describe(BellOptions.Section, typeof(BellOptions)));

    [Fact]
    public void A_setting_is_described_by_its_property()
    {
        Assert.Equal(
            new SettingDescription("Bell:Strokes", SettingType.Integer) { Description = "Strokes an hour.", Default = "12", Minimum = "1", Maximum = "100", Live = true },
            Catalog.Find("bell:strokes"));
        Assert.Equal(["Bronze", "Iron"], Catalog.Find("Bell:Metal")!.Allowed);
        Assert.True(Catalog.Find("Bell:Password") is { Secret: true, AdminOnly: true, Default: null });
        Assert.True(Catalog.Find("Bell:Ringers") is { Type: SettingType.List, Live: false, Default: "Ada" });
        Assert.Equal("Bell:Rests:Monday", Catalog.Find("Bell:Rests:Monday")!.Key);
        Assert.Null(Catalog.Find("Bell:Rests"));
        Assert.Null(Catalog.Find("Bell:Rests:Monday:Morning"));
    }

    [Theory]
    [InlineData("Bell:Strokes", "1", "1")]
    [InlineData("Bell:Strokes", "100", "100")]
    [InlineData("Bell:Strokes", "101", null)]
    [InlineData("Bell:Strokes", "1.5", null)]
    [InlineData("Bell:Strokes", "\"7\"", null)]
    [InlineData("Bell:Strokes", "99999999999999999999", null)]
    [InlineData("Bell:Volume", "1", "1")]
    [InlineData("Bell:Volume", "0.25", "0.25")]
    [InlineData("Bell:Volume", "1e999", null)]
    [InlineData("Bell:Sounds", "\"00:00:01.5\"", "00:00:01.5000000")]
    [InlineData("Bell:Sounds", "\"30\"", null)]
    [InlineData("Bell:Sounds", "30", null)]
    [InlineData("Bell:Metal", "\"iron\"", "Iron")]
    [InlineData("Bell:Metal", "\"0\"", null)]
    [InlineData("Bell:Strikes", "false", "false")]
    [InlineData("Bell:Strikes", "\"false\"", null)]
    [InlineData("Bell:Inscription", "\"\"", null)]
    [InlineData("Bell:Listener", "\"https://tower/x\"", "https://tower/x")]
    [InlineData("Bell:Listener", "\"file:///etc/passwd\"", null)]
    [InlineData("Bell:Inscription", "[1]", null)]
    public void A_value_is_taken_only_as_the_setting_demands_it(string key, string json, string? text) =>
        Assert.Equal(text, SettingValue.Read(Catalog.Find(key)!, JsonDocument.Parse(json).RootElement));

    [Theory]
    [InlineData("Bell:Strokes", "0", "Bell:Strokes is '0'; it must lie between 1 and 100.")]
    [InlineData("Bell:Clapper:Weight", "901", "Bell:Clapper:Weight is '901'; it must lie between 1 and 900.")]
    [InlineData("Bell:Sounds", "2.00:00:00", "Bell:Sounds is '2.00:00:00'; it must lie between 00:00:01 and 00:01:00.")]
    public async Task A_value_that_makes_no_sense_stops_the_start_and_names_key_value_and_range(string key, string value, string message)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => DefaultsHost.StartAsync(
            configure: b => b.Services.AddRuntimeOptions<BellOptions>(BellOptions.Section), settings: (key, value)));
        Assert.Equal([message], refused.Failures);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task A_value_that_makes_no_sense_later_leaves_the_last_good_options_in_force(string value)
    {
        await using var host = await DefaultsHost.StartAsync(
            configure: b => b.Services.AddRuntimeOptions<BellOptions>(BellOptions.Section), settings: ("Bell:Strokes", "7"));
        var bell = host.Get<IOptionsMonitor<BellOptions>>();
        Assert.Equal(7, bell.CurrentValue.Strokes);

        var root = (IConfigurationRoot)host.App.Configuration;
        root["Bell:Strokes"] = value;
        root.Reload();
        Assert.Equal(7, bell.CurrentValue.Strokes);
        Assert.Contains(host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("Bell:Strokes", StringComparison.Ordinal));

        root["Bell:Strokes"] = "8";
        root.Reload();
        Assert.Equal(8, bell.CurrentValue.Strokes);
    }
}
