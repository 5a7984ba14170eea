using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Museum.AudioService.Encodings;
using Museum.AudioService.Tests.Recognition;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Tests;

[Collection(AudioCollection.Name)]
public sealed class AudioApiTests(AudioHost host)
{
    private const string Text = "The Great Wave was printed in 1831. It is by Hokusai, who was c. 70 years old! 星月夜是谁画的？";

    [Theory]
    [InlineData("wav", 16_000, "audio/wav")]
    [InlineData("pcm", 22_050, "audio/pcm")]
    [InlineData("mp3", 24_000, "audio/mpeg")]
    [InlineData("opus", 48_000, "audio/ogg")]
    public async Task Every_format_decodes_to_the_same_length_of_audible_speech(string format, int sampleRate, string type)
    {
        using var client = host.Client();
        var response = await client.PostAsJsonAsync("/api/audio/tts", new { text = Text[..77], format, sample_rate = sampleRate });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var pcm = await DecodeAsync(await response.Content.ReadAsByteArrayAsync(), format == "pcm" ? ["-f", "s16le", "-ar", "22050", "-ac", "1"] : []);
        Assert.InRange(pcm.Length / 16_000.0, 4, 9);
        Assert.InRange(Math.Sqrt(pcm.Average(s => s / 32768.0 * (s / 32768.0))), 0.04, 0.2);
    }

    [Fact]
    public async Task A_scraper_finds_the_voices_work_among_what_every_service_owes_it()
    {
        using var client = host.Client();
        using var spoken = await client.PostAsJsonAsync("/api/audio/tts", new { text = "The Great Wave was printed in 1831." });
        spoken.EnsureSuccessStatusCode();
        await MetricsPage.CheckAsync(client, "inference_duration_seconds_bucket", "tts_ttfb_seconds_bucket", "museum_pool_size{");
    }

    [Fact]
    public async Task The_first_bytes_arrive_before_the_text_is_spoken_to_its_end()
    {
        using var client = host.Client();
        var text = string.Concat(Enumerable.Repeat("The visitors looked at the painted ceiling for a long time. ", 16)).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/audio/tts") { Content = JsonContent.Create(new { text, format = "pcm" }) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var sound = await response.Content.ReadAsStreamAsync();
        var first = new byte[320];
        await sound.ReadExactlyAsync(first);
        Assert.False(response.Content.Headers.ContentLength.HasValue);
        long rest = 0;
        for (int n; (n = await sound.ReadAsync(new byte[65_536])) > 0;)
        {
            rest += n;
        }

        Assert.InRange(rest / 32_000.0, 30, 100);
    }

    [Fact]
    public async Task No_more_encoders_run_than_the_pool_has_places_and_wav_needs_none()
    {
        var places = host.App.Services.GetRequiredService<ResourcePool<FfmpegPlace>>();
        var taken = new Stack<PoolLease<FfmpegPlace>>();
        using var client = host.Client();
        for (var i = 0; i < 8; i++)
        {
            taken.Push(await places.RentAsync(default));
        }

        var waits = client.PostAsJsonAsync("/api/audio/tts", new { text = Text[..77], format = "mp3" });
        await Eventually.TrueAsync(() => places.Waiting == 1);
        Assert.True((await client.PostAsJsonAsync("/api/audio/tts", new { text = Text[..77], format = "wav" }).SoonAsync()).IsSuccessStatusCode);
        Assert.False(waits.IsCompleted);
        await taken.Pop().DisposeAsync();
        Assert.True((await waits.SoonAsync()).IsSuccessStatusCode);
        while (taken.TryPop(out var place))
        {
            await place.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_encoder_that_is_given_up_is_gone()
    {
        // A rate that no other test on the machine asks for.
        var rate = 20_000 + (Environment.ProcessId % 9_000);
        var encoder = FfmpegEncoder.Start(AudioFormat.Named("mp3"), rate, Stream.Null, default);
        await encoder.WriteAsync(new byte[64_000]);
        Assert.Single(Encoders());
        await encoder.DisposeAsync();
        Assert.Empty(Encoders());

        IEnumerable<string> Encoders() => Recordings.Ffmpegs().Where(command => command.Contains($"\0-ar\0{rate}\0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"text":""}""", 400, "text_required")]
    [InlineData("""{"text":"…"}""", 400, "nothing_to_say")]
    [InlineData("""{"text":"a","language":"fr"}""", 400, "language_unsupported")]
    [InlineData("""{"text":"a","voice":"nobody"}""", 400, "voice_unknown")]
    [InlineData("""{"text":"a","rate":3}""", 400, "rate_out_of_range")]
    [InlineData("""{"text":"a","pitch":0.1}""", 400, "pitch_out_of_range")]
    [InlineData("""{"text":"a","volume":3}""", 400, "volume_out_of_range")]
    [InlineData("""{"text":"a","quality":"best"}""", 400, "malformed_request")]
    [InlineData("""{"text":"a","format":"flac"}""", 415, "format_unsupported")]
    [InlineData("""{"text":"a","sample_rate":12345}""", 400, "sample_rate_unsupported")]
    [InlineData("""{"text":5}""", 400, "malformed_request")]
    [InlineData("""{"text":"a""", 400, "malformed_request")]
    [InlineData("{}", 400, "malformed_request")]
    public async Task Bad_requests_are_told_what_is_wrong(string body, int status, string code)
    {
        using var client = host.Client();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await client.PostAsync("/api/audio/tts", content);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((code, "client"), (problem.GetProperty("code").GetString(), problem.GetProperty("category").GetString()));
    }

    [Fact]
    public async Task More_than_a_thousand_characters_are_too_long()
    {
        using var client = host.Client();
        var response = await client.PostAsJsonAsync("/api/audio/tts", new { text = new string('a', 1_001) });
        Assert.Equal("text_too_long", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Voices_are_listed_with_what_can_speak_now()
    {
        using var client = host.Client();
        var voices = (await client.GetFromJsonAsync<JsonElement>("/api/audio/voices")).GetProperty("voices").EnumerateArray().ToArray();
        Assert.Contains(voices, v => v.GetProperty("name").GetString() == "rms" && v.GetProperty("language").GetString() == "en" && v.GetProperty("available").GetBoolean());
        Assert.Contains(voices, v => v.GetProperty("language").GetString() == "zh" && v.GetProperty("provider").GetString() == "espeak-ng");
        Assert.DoesNotContain(voices, v => v.GetProperty("name").GetString() == "tones");
    }

    [Fact]
    public async Task Formats_are_listed_and_the_address_may_name_one()
    {
        using var client = host.Client();
        var formats = await client.GetFromJsonAsync<JsonElement>("/api/audio/formats");
        Assert.Equal(["wav", "pcm", "mp3", "opus"], formats.GetProperty("output").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        var input = formats.GetProperty("input").EnumerateArray().ToLookup(f => f.GetProperty("name").GetString(), f => f.GetProperty("content_type").GetString());
        Assert.Equal(["mp3", "wav", "ogg", "webm", "flac", "m4a", "pcm"], input.Select(f => f.Key));
        Assert.Equal(["audio/pcm", "audio/L16"], input["pcm"]);
        Assert.Equal((60_000, 25 << 20), (formats.GetProperty("limits").GetProperty("duration_ms").GetInt32(), formats.GetProperty("limits").GetProperty("bytes").GetInt32()));
        Assert.Contains(16_000, formats.GetProperty("sample_rates").EnumerateArray().Select(r => r.GetInt32()));
        var response = await client.PostAsJsonAsync("/api/audio/tts?format=pcm", new { text = "Hello." });
        Assert.Equal("audio/pcm", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Providers_are_listed_in_their_order_with_their_health()
    {
        using var client = host.Client();
        await host.HearingAsync();
        JsonElement list = default;
        await Eventually.TrueAsync(async () => !(list = await client.GetFromJsonAsync<JsonElement>("/api/audio/providers")).GetProperty("degraded").GetBoolean());
        var english = list.GetProperty("providers").EnumerateArray().Where(p => p.GetProperty("language").GetString() == "en").ToArray();
        Assert.Equal(["festival", "flite", "espeak-ng", "pocketsphinx"], english.Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(["high", "standard", "standard", "standard"], english.Select(p => p.GetProperty("quality").GetString()));
        Assert.Equal(["speech", "speech", "speech", "recognition"], english.Select(p => p.GetProperty("kind").GetString()));
        Assert.All(english, p => Assert.True(p.GetProperty("available").GetBoolean(), p.ToString()));
        // Its guide has not read its content.
        Assert.Equal("waiting", list.GetProperty("ahead").GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_degraded_is_told_with_the_time_and_the_reason()
    {
        using var client = host.Client();
        JsonElement chinese = default;
        await Eventually.TrueAsync(async () => (chinese = (await client.GetFromJsonAsync<JsonElement>("/api/audio/providers"))
            .GetProperty("capabilities").EnumerateArray().FirstOrDefault(c => c.GetProperty("name").GetString() == "hearing.zh")).ValueKind == JsonValueKind.Object);
        Assert.Equal("away", chinese.GetProperty("state").GetString());
        Assert.Contains("No recogniser", chinese.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.InRange(chinese.GetProperty("since").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Volume_makes_the_same_sound_louder_or_softer()
    {
        var loud = await RmsAsync(1);
        Assert.InRange(await RmsAsync(0.5) / loud, 0.45, 0.55);
        Assert.InRange(await RmsAsync(2) / loud, 1.5, 2);
        Assert.Equal(0, await RmsAsync(0));

        async Task<double> RmsAsync(double volume)
        {
            using var client = host.Client();
            var response = await client.PostAsJsonAsync("/api/audio/tts", new { text = "Where is the Mona Lisa?", format = "pcm", volume });
            var pcm = (await response.Content.ReadAsByteArrayAsync()).Chunk(2).Select(b => BitConverter.ToInt16(b) / 32768.0);
            return Math.Sqrt(pcm.Average(s => s * s));
        }
    }

    [Fact]
    public async Task High_quality_is_another_voice()
    {
        using var client = host.Client();
        var standard = await (await client.PostAsJsonAsync("/api/audio/tts", new { text = "The Great Wave.", format = "pcm" })).Content.ReadAsByteArrayAsync();
        var high = await client.PostAsJsonAsync("/api/audio/tts", new { text = "The Great Wave.", format = "pcm", quality = "high" });
        Assert.Equal(HttpStatusCode.OK, high.StatusCode);
        Assert.NotEqual(standard, await high.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Nobody_speaks_without_a_token()
    {
        using var client = host.Client(withToken: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("/api/audio/tts", new { text = Text })).StatusCode);
    }

    [Fact]
    public async Task The_service_describes_itself_and_its_voice()
    {
        using var client = host.Client(withToken: false);
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.Equal(["/api/audio/formats", "/api/audio/process", "/api/audio/providers", "/api/audio/stt", "/api/audio/tts", "/api/audio/voices"], document.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order());
        await Eventually.TrueAsync(async () =>
            (await client.GetFromJsonAsync<JsonElement>("/health")).GetProperty("capabilities").GetProperty("voice").GetProperty("state").GetString() == "ok");
    }

    private static async Task<short[]> DecodeAsync(byte[] encoded, string[] input)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. input, "-i", "pipe:0", "-f", "s16le", "-ar", "16000", "-ac", "1", "pipe:1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var decoded = new MemoryStream();
        var reading = ffmpeg.StandardOutput.BaseStream.CopyToAsync(decoded);
        await ffmpeg.StandardInput.BaseStream.WriteAsync(encoded);
        ffmpeg.StandardInput.Close();
        await reading.SoonAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        return [.. decoded.ToArray().Chunk(2).Select(b => BitConverter.ToInt16(b))];
    }
}
