using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Recognition;

/// <summary><c>POST /api/audio/stt</c> as anyone calls it.</summary>
[Collection(AudioCollection.Name)]
public sealed class SttApiTests(AudioHost host, Ears ears) : IClassFixture<Ears>
{
    private const string Question = "When was The Birth of Venus painted?";

    [Theory]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("wav", "pcm_s16le")]
    [InlineData("ogg", "libopus")]
    [InlineData("webm", "libopus")]
    [InlineData("flac", "flac")]
    // Its index stands at the end: it cannot be read from a pipe.
    [InlineData("ipod", "aac")]
    public async Task Every_format_is_told_apart_by_its_content_and_heard(string container, string codec)
    {
        var file = await Recordings.EncodeAsync(await ears.SayAsync(Question), container, codec);
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var heard = await HearAsync(content);
        Assert.InRange(WordErrors.Of(Question, heard.GetProperty("text").GetString()!).Rate, 0, 0.2);
        Assert.Equal(("en", "pocketsphinx", false), (heard.GetProperty("language").GetString(), heard.GetProperty("provider").GetString(), heard.GetProperty("low_confidence").GetBoolean()));
        Assert.InRange(heard.GetProperty("duration_ms").GetInt32(), 1_500, 5_000);
        Assert.InRange(heard.GetProperty("confidence").GetDouble(), 0.5, 1);
        var words = heard.GetProperty("words").EnumerateArray().ToList();
        Assert.Equal("When", words[0].GetProperty("text").GetString());
        Assert.All(words, w => Assert.InRange(w.GetProperty("end_ms").GetInt32(), w.GetProperty("start_ms").GetInt32() + 1, 5_000));
    }

    [Theory]
    [InlineData("audio/pcm", "?sample_rate=16000")]
    [InlineData("audio/pcm;rate=16000", "")]
    [InlineData("application/octet-stream", "?format=pcm")]
    [InlineData("audio/L16;rate=16000", "")]
    public async Task Raw_samples_are_taken_when_they_are_called_so(string type, string query)
    {
        var pcm = await ears.SayAsync(Question);
        if (type.StartsWith("audio/L16", StringComparison.Ordinal))
        {
            // In network byte order.
            pcm = [.. pcm.Select(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness)];
        }

        using var content = new ByteArrayContent(MemoryMarshal.AsBytes<short>(pcm).ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var heard = await HearAsync(content, query);
        Assert.InRange(WordErrors.Of(Question, heard.GetProperty("text").GetString()!).Rate, 0, 0.2);
    }

    [Fact]
    public async Task A_recording_that_its_decoder_worked_on_for_too_long_is_refused_and_the_decoder_ended()
    {
        // Beginning to write has cost any ffmpeg more than that of a processor.
        var e = await Assert.ThrowsAsync<ClientException>(() => RunOutOfTimeAsync(allowed: TimeSpan.FromMilliseconds(1)));
        Assert.Equal(("audio_unreadable", 422), (e.Code, e.Status));
        Assert.Equal(0, ears.DecoderPlaces.Active);
        await Eventually.TrueAsync(() => !Recordings.Decoders().Any());
    }

    [Fact]
    public async Task A_recording_whose_decoder_had_too_little_of_a_busy_machine_is_not_called_broken_and_may_come_again()
    {
        var e = await Assert.ThrowsAsync<ResourceException>(() => RunOutOfTimeAsync(allowed: TimeSpan.FromDays(1)));
        Assert.Equal(("decoder_busy", true, 503), (e.Code, e.Retryable, ErrorInfo.Of(e).HttpStatus));
        Assert.Equal(0, ears.DecoderPlaces.Active);
        await Eventually.TrueAsync(() => !Recordings.Decoders().Any());
    }

    [Fact]
    public async Task What_is_taken_is_set_while_the_service_runs()
    {
        var question = MemoryMarshal.AsBytes<short>(await ears.SayAsync(Question)).ToArray();
        try
        {
            host.Set("Stt:MaxDuration", "00:00:01");
            using var client = host.Client();
            using var content = new ByteArrayContent(question);
            await Problem.AssertAsync(await client.PostAsync("/api/audio/stt?format=pcm", content).SoonAsync(), HttpStatusCode.RequestEntityTooLarge, "audio_too_long", "client");
        }
        finally
        {
            host.Set("Stt:MaxDuration", "00:01:00");
        }

        using var again = new ByteArrayContent(question);
        var heard = await HearAsync(again, "?format=pcm");
        Assert.InRange(WordErrors.Of(Question, heard.GetProperty("text").GetString()!).Rate, 0, 0.2);
    }

    [Fact]
    public async Task A_form_with_a_file_is_taken_too()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "note" } };
        form.Add(new ByteArrayContent(await Recordings.EncodeAsync(await ears.SayAsync(Question), "wav", "pcm_s16le")), "file", "question.mp3");
        var heard = await HearAsync(form, "?language=en-GB&alternatives=2");
        Assert.InRange(WordErrors.Of(Question, heard.GetProperty("text").GetString()!).Rate, 0, 0.2);
    }

    [Theory]
    [InlineData("nothing", "audio/wav", 400, "audio_empty")]
    [InlineData("text", "audio/mpeg", 415, "format_unsupported")]
    [InlineData("a playlist", "audio/mpegurl", 415, "format_unsupported")]
    [InlineData("samples that nobody called so", "audio/wav", 415, "format_unsupported")]
    [InlineData("half a sample", "audio/pcm", 422, "audio_unreadable")]
    [InlineData("a beginning and no more", "audio/ogg", 422, "audio_unreadable")]
    [InlineData("a header only", "audio/wav", 422, "audio_unreadable")]
    [InlineData("silence", "audio/wav", 422, "audio_silent")]
    [InlineData("no rate", "audio/wav", 422, "audio_unreadable")]
    [InlineData("a thousand channels", "audio/wav", 422, "audio_unreadable")]
    [InlineData("61 seconds", "audio/pcm", 413, "audio_too_long")]
    [InlineData("61 seconds with a header", "audio/wav", 413, "audio_too_long")]
    [InlineData("26 MB", "audio/pcm", 413, "audio_too_large")]
    public async Task What_cannot_be_heard_is_refused_with_the_reason_and_leaves_nothing_behind(string what, string type, int status, string code)
    {
        using var client = host.Client();
        using var content = new ByteArrayContent(Unheard(what));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var response = await client.PostAsync("/api/audio/stt", content).SoonAsync();
        await Problem.AssertAsync(response, (HttpStatusCode)status, code, "client");
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "*museum-audio*"));
        await Eventually.TrueAsync(() => !Recordings.Decoders().Any());
    }

    [Fact]
    public async Task Chinese_has_no_recogniser_and_is_told_to_write()
    {
        using var client = host.Client();
        var response = await client.PostAsync("/api/audio/stt?language=zh-CN", new ByteArrayContent(Wav(new byte[32_000])));
        var problem = await Problem.AssertAsync(response, HttpStatusCode.ServiceUnavailable, "no_recognizer", "dependency");
        Assert.Contains("please write", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_heard_without_a_token()
    {
        using var client = host.Client(withToken: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/audio/stt", new ByteArrayContent([1]))).StatusCode);
    }

    /// <summary>The first sound comes, and before the second the time that is allowed has passed.</summary>
    private async Task RunOutOfTimeAsync(TimeSpan allowed)
    {
        using var file = new MemoryFile();
        // More than the pipe holds: the decoder is in the middle of it until it is read to the end.
        await file.Stream.WriteAsync(Wav(new byte[1 << 20]));
        var time = new ManualTime();
        var decoder = new RecordingDecoder(ears.DecoderPlaces, new SetOptions<SttOptions>(new() { DecodeTimeout = allowed }), time);
        await using var sound = decoder.DecodeAsync(file, SoundKind.Of("RIFF\0\0\0\0WAVE"u8), default).GetAsyncEnumerator();
        Assert.True(await sound.MoveNextAsync().AsTask().SoonAsync());
        time.Advance(allowed);
        await sound.MoveNextAsync().AsTask().SoonAsync();
    }

    private async Task<JsonElement> HearAsync(HttpContent content, string query = "")
    {
        await host.HearingAsync();
        using var client = host.Client();
        var response = await client.PostAsync("/api/audio/stt" + query, content).SoonAsync();
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static byte[] Unheard(string what)
    {
        var wav = Wav(new byte[3_200]);
        return what switch
        {
            "nothing" => [],
            "text" => "Hello, this is no sound at all."u8.ToArray(),
            "a playlist" => "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x"u8.ToArray(),
            "samples that nobody called so" => new byte[3_200],
            "half a sample" => new byte[3_201],
            "a beginning and no more" => "OggS and then something else entirely"u8.ToArray(),
            "a header only" => wav[..44],
            "silence" => wav,
            "no rate" => WithBytes(wav, 24, 0, 0, 0, 0),
            "a thousand channels" => WithBytes(wav, 22, 0xE8, 3),
            "61 seconds" => new byte[61 * 32_000],
            "61 seconds with a header" => Wav(new byte[61 * 32_000]),
            _ => new byte[26 << 20],
        };
    }

    private static byte[] Wav(byte[] data) => [.. Encodings.AudioFormat.WavHeader(16_000), .. data];

    private static byte[] WithBytes(byte[] file, int at, params byte[] bytes)
    {
        var changed = file.ToArray();
        bytes.CopyTo(changed, at);
        return changed;
    }
}
