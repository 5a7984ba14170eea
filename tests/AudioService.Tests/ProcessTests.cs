using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Grpc.Core;
using Museum.AudioService.Tests.Recognition;
using Museum.Text.V1;

namespace Museum.AudioService.Tests;

/// <summary><c>POST /api/audio/process</c>: the real recogniser and voices, and a guide over real gRPC.</summary>
[Collection(AudioCollection.Name)]
public sealed class ProcessTests(AudioHost host, Ears ears) : IClassFixture<Ears>
{
    private const string Question = "When was The Birth of Venus painted?";

    [Fact]
    public async Task A_spoken_question_gets_its_transcript_its_answer_and_its_sound_in_one_JSON()
    {
        var asked = new TaskCompletionSource<(ConverseStart Start, string? Token)>();
        host.Guide.Answers = (start, call) =>
        {
            asked.TrySetResult((start, call.RequestHeaders.GetValue("authorization")));
            return AnswerAsync();
        };
        var answer = await JsonAsync(await PostAsync());
        Assert.InRange(WordErrors.Of(Question, answer.GetProperty("transcript").GetProperty("text").GetString()!).Rate, 0, 0.2);
        var (start, token) = await asked.Task.SoonAsync();
        Assert.Equal((answer.GetProperty("transcript").GetProperty("text").GetString(), "en", true), (start.Text, start.Language, start.EnableRetrieval));
        Assert.StartsWith("Bearer ", token, StringComparison.Ordinal);

        Assert.Equal("It was painted about 1485. It hangs in Florence.", answer.GetProperty("answer").GetProperty("text").GetString());
        Assert.True(answer.GetProperty("answer").GetProperty("grounded").GetBoolean());
        var sentences = answer.GetProperty("answer").GetProperty("sentences").EnumerateArray().ToList();
        Assert.Equal(["flite", "flite"], sentences.Select(s => s.GetProperty("provider").GetString()));
        Assert.Equal(sentences[0].GetProperty("end_ms").GetInt64(), sentences[1].GetProperty("start_ms").GetInt64());
        Assert.Equal("birth-of-venus", answer.GetProperty("sources")[0].GetProperty("id").GetString());
        Assert.Equal("Who painted it?", answer.GetProperty("suggestions")[0].GetString());
        var audio = answer.GetProperty("audio");
        var wav = audio.GetProperty("data").GetBytesFromBase64();
        Assert.Equal(("audio/wav", wav.Length - 44), (audio.GetProperty("content_type").GetString(), BitConverter.ToInt32(wav, 40)));
        Assert.Equal(audio.GetProperty("duration_ms").GetInt64(), (wav.Length - 44) / 32);
        Assert.InRange(audio.GetProperty("duration_ms").GetInt64(), 2_000, 8_000);
    }

    [Theory]
    // At a rate of its own: what was said before would come in one piece.
    [InlineData("?rate=1.05")]
    [InlineData("?output=mp3&rate=1.2&pitch=1.1&volume=0.5&quality=high&output_sample_rate=24000")]
    public async Task The_same_comes_as_events_named_as_the_protocols_messages(string query)
    {
        host.Guide.Answers = (_, _) => AnswerAsync();
        var events = await EventsAsync(await PostAsync(query, "text/event-stream"));
        Assert.Equal("TRANSCRIPT", events[0].Name);
        Assert.Equal("TURN_ENDED", events[^1].Name);
        Assert.Equal(["TRANSCRIPT", "RESPONSE", "SOURCES", "SUGGESTIONS", "TURN_ENDED"], events.Select(e => e.Name).Distinct());
        Assert.True(events[0].Data.GetProperty("is_final").GetBoolean());
        var responses = events.Where(e => e.Name == "RESPONSE").Select(e => e.Data).ToList();
        var (texts, voices) = (Stream(responses, "text"), Stream(responses, "voice"));
        Assert.Equal("It was painted about 1485. It hangs in Florence.", string.Concat(texts.Select(t => t.GetProperty("text").GetString())));
        var sound = voices.Select(v => v.GetProperty("voice").GetBytesFromBase64()).ToList();
        Assert.InRange(sound.Sum(s => s.Length), 5_000, 400_000);
        // Pcm while it is made; another format as a file per sentence.
        Assert.True(query.Contains("mp3", StringComparison.Ordinal) ? sound.Count == 2 : sound.Count > 4);
        Assert.Equal([0, 1], responses.Where(r => r.TryGetProperty("voice_stream_seq", out var seq) && seq.GetInt32() >= 0).Select(r => r.GetProperty("sequence").GetInt32()).Distinct());
    }

    [Fact]
    public async Task A_sentence_that_nobody_can_say_is_there_as_text()
    {
        host.Guide.Answers = (_, _) => new[] { Delta("…", 0), Sentence("…", 0), Sentence("It hangs in Florence.", 1), Done() }.ToAsyncEnumerable();
        var sentences = (await JsonAsync(await PostAsync())).GetProperty("answer").GetProperty("sentences").EnumerateArray().ToList();
        Assert.False(sentences[0].TryGetProperty("provider", out _));
        Assert.Equal("flite", sentences[1].GetProperty("provider").GetString());
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, HttpStatusCode.ServiceUnavailable, "dependency")]
    [InlineData(StatusCode.ResourceExhausted, HttpStatusCode.ServiceUnavailable, "resource")]
    [InlineData(StatusCode.Internal, HttpStatusCode.InternalServerError, "server")]
    public async Task A_guide_that_fails_before_it_answers_is_a_problem_whatever_was_asked_for(StatusCode status, HttpStatusCode told, string category)
    {
        host.Guide.Answers = (_, _) => throw new RpcException(new Status(status, "No."));
        foreach (var accept in (string[])["application/json", "text/event-stream"])
        {
            using var response = await PostAsync(accept: accept);
            Assert.Equal(told, response.StatusCode);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(category, problem.RootElement.GetProperty("category").GetString());
        }
    }

    [Fact]
    public async Task A_guide_that_fails_in_the_middle_is_an_event_that_says_so()
    {
        host.Guide.Answers = (_, _) => BrokenAsync();
        var events = await EventsAsync(await PostAsync(accept: "text/event-stream"));
        Assert.Equal("ERROR", events[^1].Name);
        Assert.Equal(("SERVER_BUSY", true), (events[^1].Data.GetProperty("error_code").GetString(), events[^1].Data.GetProperty("retryable").GetBoolean()));
        Assert.NotEmpty(events[^1].Data.GetProperty("trace_id").GetString()!);
        Assert.Contains(events, e => e.Name == "RESPONSE");

        static async IAsyncEnumerable<ConverseResponse> BrokenAsync()
        {
            yield return Delta("It was painted", 0);
            await Task.Yield();
            throw new RpcException(new Status(StatusCode.Unavailable, "Gone."));
        }
    }

    [Fact]
    public async Task Whoever_leaves_takes_the_answer_along()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Guide.Answers = (_, call) => EndlessAsync(call.CancellationToken);
        using var leave = new CancellationTokenSource();
        var posting = PostAsync(accept: "text/event-stream", ct: leave.Token);
        await begun.Task.SoonAsync();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting.SoonAsync());
        await ended.Task.SoonAsync();

        async IAsyncEnumerable<ConverseResponse> EndlessAsync([EnumeratorCancellation] CancellationToken ct)
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                ended.TrySetResult();
            }

            yield break;
        }
    }

    [Theory]
    [InlineData("?rate=9", "rate_out_of_range", HttpStatusCode.BadRequest)]
    [InlineData("?volume=-1", "volume_out_of_range", HttpStatusCode.BadRequest)]
    [InlineData("?quality=best", "quality_unknown", HttpStatusCode.BadRequest)]
    [InlineData("?voice=nobody", "voice_unknown", HttpStatusCode.BadRequest)]
    [InlineData("?output=flac", "format_unsupported", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("?output_sample_rate=1", "sample_rate_unsupported", HttpStatusCode.BadRequest)]
    [InlineData("?rate=fast", "malformed_request", HttpStatusCode.BadRequest)]
    public async Task A_wish_that_cannot_be_met_is_refused_before_anything_is_heard(string query, string code, HttpStatusCode status) =>
        await Problem.AssertAsync(await PostAsync(query), status, code, "client");

    [Fact]
    public async Task What_could_not_be_made_out_is_asked_again_and_never_guessed()
    {
        host.Guide.Answers = (_, _) => throw new InvalidOperationException("Nobody may be asked.");
        var noise = new Random(3);
        var mumble = Enumerable.Range(0, 24_000).Select(i => (short)(8_000 * Math.Sin(i / 20.0) * noise.NextDouble())).ToArray();
        await Problem.AssertAsync(await PostAsync(pcm: mumble), HttpStatusCode.UnprocessableEntity, "speech_unclear", "client");
    }

    private static async IAsyncEnumerable<ConverseResponse> AnswerAsync()
    {
        yield return Delta("It was painted about 1485.", 0);
        yield return Sentence("It was painted about 1485.", 0);
        await Task.Yield();
        yield return Delta(" It hangs in Florence.", 1);
        yield return Sentence("It hangs in Florence.", 1);
        yield return new ConverseResponse { Sources = new Sources { Exhibits = { new Source { Id = "birth-of-venus", Title = "The Birth of Venus", Quote = "About 1485.", Score = 1 } } } };
        yield return new ConverseResponse { Suggestions = new Suggestions { Questions = { "Who painted it?" } } };
        yield return Done();
    }

    private static ConverseResponse Delta(string text, int sequence) => new() { Delta = new TextDelta { Text = text, Sequence = sequence } };

    private static ConverseResponse Sentence(string text, int sequence) => new() { Sentence = new Sentence { Text = text, Sequence = sequence, Language = "en" } };

    private static ConverseResponse Done() =>
        new() { Done = new Done { SentenceCount = 2, Grounded = true, Language = "en", Reason = FinishReason.Complete, Composer = "extraction", ContentVersion = "v1" } };

    private static List<JsonElement> Stream(List<JsonElement> responses, string name)
    {
        var own = responses.Where(r => r.TryGetProperty($"{name}_stream_seq", out _)).ToList();
        Assert.Equal([.. Enumerable.Range(0, own.Count - 1), -1], own.Select(r => r.GetProperty($"{name}_stream_seq").GetInt32()));
        return [.. own[..^1].Select(r => r.GetProperty("content"))];
    }

    private async Task<HttpResponseMessage> PostAsync(string query = "", string accept = "application/json", short[]? pcm = null, CancellationToken ct = default)
    {
        await host.HearingAsync();
        using var client = host.Client();
        using var content = new ByteArrayContent(MemoryMarshal.AsBytes<short>(pcm ?? await ears.SayAsync(Question)).ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("audio/pcm");
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return await client.PostAsync("/api/audio/process" + query, content, ct);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task<List<(string Name, JsonElement Data)>> EventsAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n')).Select(lines =>
            (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement))];
    }
}
