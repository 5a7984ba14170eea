using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;
using Museum.VoiceCallService.Quality;

namespace Museum.VoiceCallService.Tests.Quality;

public sealed class VoiceQualityTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VoiceQuality quality;

    public VoiceQualityTests() => quality = new VoiceQuality(services.GetRequiredService<IMeterFactory>(), time);

    [Fact]
    public void Speech_is_measured_against_the_room()
    {
        var sound = new SoundQuality();
        sound.Add(Tone(100), isSpeech: false);
        sound.Add(Tone(10_000), isSpeech: true);
        Assert.Equal(40, sound.Sum()!.Value.SignalToNoise!.Value, 0.1);
        Assert.Equal(1, sound.Sum()!.Value.Clarity);
    }

    [Fact]
    public void Clipping_and_loss_make_speech_less_clear()
    {
        var sound = new SoundQuality();
        sound.Add(Tone(100), isSpeech: false);
        sound.Add([.. Tone(10_000)[..9_900], .. Enumerable.Repeat(short.MinValue, 50), .. Enumerable.Repeat(short.MaxValue, 50)], isSpeech: true);
        sound.Lost(5_000);
        var sum = sound.Sum()!.Value;
        Assert.Equal((0.005, 0.2), (sum.Clipping, sum.Loss));
        Assert.Equal(0.95 * 0.8, sum.Clarity!.Value, 1e-9);
    }

    [Fact]
    public void Who_never_spoke_has_no_clarity_and_who_sent_nothing_no_quality()
    {
        Assert.Null(new SoundQuality().Sum());
        var quiet = new SoundQuality();
        quiet.Add(Tone(10), isSpeech: false);
        Assert.Null(quiet.Sum()!.Value.Clarity);
    }

    [Fact]
    public void Without_a_session_the_report_is_empty() => Assert.Equal(new VoiceQualityReport(), quality.Report());

    [Fact]
    public void The_report_says_averages_and_where_they_go()
    {
        quality.Record(new SessionQuality(0, 15, 0, TimeSpan.FromMilliseconds(400)));
        quality.Record(new SessionQuality(0.01, null, 0.5, null));
        quality.Record(new SessionQuality(0, 30, 0, TimeSpan.FromMilliseconds(800)));
        var report = quality.Report();
        Assert.Equal((3, 0.75, 600.0, 22.5, "improving"), (report.TotalSessions, report.AvgClarity, report.AvgLatency, report.AvgSignalToNoise, report.QualityTrend));
        Assert.Equal((0.33, 16.67), (report.AvgClipping, report.AvgPacketLoss));
    }

    [Theory]
    [InlineData(30, 29, "stable")]
    [InlineData(30, 20, "declining")]
    public void The_newer_half_is_held_against_the_older(double older, double newer, string trend)
    {
        foreach (var db in new[] { older, older, newer, newer })
        {
            quality.Record(new SessionQuality(0, db, 0, null));
        }

        Assert.Equal(trend, quality.Report().QualityTrend);
    }

    [Fact]
    public void A_day_and_a_thousand_sessions_are_remembered_and_no_more()
    {
        for (var i = 0; i < 1_200; i++)
        {
            quality.Record(new SessionQuality(0, 20, 0, null));
        }

        Assert.Equal(1_000, quality.Report().TotalSessions);
        time.Advance(TimeSpan.FromHours(25));
        Assert.Null(quality.Report().TotalSessions);
    }

    [Fact]
    public void Every_session_is_counted_in_the_metrics_without_its_name()
    {
        using var readings = new MeterReadings(services.GetRequiredService<IMeterFactory>(), VoiceQuality.Meter);
        quality.Record(new SessionQuality(0.01, 24, 0.02, TimeSpan.FromMilliseconds(700)));
        Assert.Equal([0.01], readings.Values("museum.voice.clipping"));
        Assert.Equal([24.0], readings.Values("museum.voice.signal_to_noise"));
        Assert.Equal([0.02], readings.Values("museum.voice.loss"));
        Assert.Equal([0.7], readings.Values("museum.voice.response_latency"));
    }

    public void Dispose() => services.Dispose();

    private static short[] Tone(int amplitude) => [.. Enumerable.Range(0, 10_000).Select(i => (short)(amplitude * Math.Sin(i * 0.3)))];
}
