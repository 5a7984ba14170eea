using System.Text.Json;
using Museum.Contracts.Events;
using Museum.Contracts.Speech;

namespace Museum.Contracts.Tests;

/// <summary>
/// Replicas of two versions share one broker while they are rolled out, so an event's bytes may gain fields and must lose none.
/// Written anew by <c>MUSEUM_GOLDEN=write dotnet test tests/Contracts.Tests</c>, after thinking.
/// </summary>
public sealed class EventBytesTests
{
    // What MassTransit's System.Text.Json serializer uses.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    public static TheoryData<string, object> Events => new()
    {
        { "sentence-composed", new SentenceComposed { Holder = "h", Epoch = 2, Session = "sess_1", Turn = 3, Sequence = 1, Text = "The sky is blue.", Language = "en", NeededBy = 1_700_000_000_000, GivenUpAt = 1_700_000_004_000, TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } },
        { "sentence-spoken", new SentenceSpoken { Holder = "h", Epoch = 2, Session = "sess_1", Turn = 3, Sequence = 1, Text = "天", Language = "zh", SampleRate = 16000, Address = "http://127.0.0.1:5202", Handle = "abc", Provider = "espeak-ng", Words = [new("天", 0, 4000, 0, 1)], Phones = [new("t", "espeak", 0, 900)], TotalSamples = 4000, TimesComplete = true } },
        { "sentence-failed", new SentenceFailed { Holder = "h", Epoch = 2, Session = "sess_1", Turn = 3, Sequence = 1, Code = "voice_away" } },
        { "sentence-animated", new SentenceAnimated { Holder = "h", Epoch = 2, Session = "sess_1", Turn = 3, Sequence = 1, SampleRate = 16000, Visemes = [new(0, "sil", 1), new(900, "aa", 0.8)] } },
        { "turn-interrupted", new TurnInterrupted { Session = "sess_1", Epoch = 2, ThroughTurn = 3 } },
        { "answer-composed", new AnswerComposed { Session = "sess_1", Turn = 3, SentenceCount = 2, Grounded = true, Language = "en" } },
        { "turn-closed", new TurnClosed { Session = "sess_1", Turn = 3, Interrupted = true, HeardText = "The sky", Language = "en", ClosedAt = 1_700_000_000_000 } },
        { "content-changed", new ContentChanged { Version = "v2", ExhibitIds = ["starry-night"] } },
        { "sentences-foreseen", new SentencesForeseen { Language = "en", Sentences = ["The sky is blue.", "It is night."] } },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_keeps_its_bytes(string name, object e)
    {
        var bytes = JsonSerializer.Serialize(e, e.GetType(), Json) + "\n";
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json");
        if (Environment.GetEnvironmentVariable("MUSEUM_GOLDEN") == "write")
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../../Golden", name + ".json"), bytes);
            return;
        }

        Assert.Equal(File.ReadAllText(golden), bytes);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_survives_its_journey(string name, object e)
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json"));
        var read = JsonSerializer.Deserialize(golden, e.GetType(), Json);
        Assert.Equal(golden, JsonSerializer.Serialize(read, e.GetType(), Json) + "\n");
    }

    [Fact]
    public void Every_event_has_an_exchange_of_its_own_and_a_golden_file()
    {
        var events = typeof(SentenceComposed).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(SentenceComposed).Namespace && t is { IsClass: true, IsAbstract: false, IsPublic: true });
        Assert.Equal(events.OrderBy(t => t.Name), EntityNames.Events.OrderBy(t => t.Name));
        Assert.Equal(EntityNames.Events.Count, Events.Count);
    }

    [Fact]
    public void The_longest_sentence_stays_below_sixteen_kilobytes()
    {
        // 300 characters is what the cutter lets through at most; about one phone per character and one word per five.
        var spoken = new SentenceSpoken
        {
            Holder = new string('h', 40), Epoch = long.MaxValue, Session = "sess_0123456789abcdef", Turn = int.MaxValue, Sequence = 99,
            Text = new string('a', 300), Language = "en", SampleRate = 16000, Address = "http://10.244.100.100:8080", Handle = Guid.NewGuid().ToString("N"), Provider = "flite",
            Words = [.. Enumerable.Range(0, 60).Select(i => new TimedWord("words", i * 8000, (i * 8000) + 7999, i * 5, 5))],
            Phones = [.. Enumerable.Range(0, 100).Select(i => new TimedPhone("ax", "arpabet", i * 1600, (i * 1600) + 1599))],
        };
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(spoken, JsonSerializerOptions.Web).Length, 1, 16 * 1024);
    }
}
