using Google.Protobuf;
using Museum.Audio.V1;
using Museum.Text.V1;

namespace Museum.Contracts.Tests;

/// <summary>
/// The wire's bytes of what recognition says: a field that changes its number or type breaks a replica of the other version.
/// Written anew by <c>MUSEUM_GOLDEN=write dotnet test tests/Contracts.Tests</c>, after thinking.
/// </summary>
public sealed class ProtoBytesTests
{
    public static TheoryData<string, IMessage> Messages => new()
    {
        { "recognize-start", new RecognizeRequest { Start = new RecognizeStart { SessionId = "sess_1", TurnId = 3, Language = "en", SampleRate = 48000, PartialResults = true, Alternatives = 2 } } },
        { "recognize-audio", new RecognizeRequest { Audio = ByteString.CopyFrom(1, 2, 3, 4) } },
        { "recognize-end", new RecognizeRequest { End = new EndOfUtterance() } },
        {
            "recognize-final", new RecognizeResponse
            {
                Text = "Who painted The Kiss", IsFinal = true, Confidence = 0.5, Language = "en", LowConfidence = true, Provider = "pocketsphinx",
                Words = { new Word { Text = "Who", StartSample = 1600, EndSample = 4800, TextStart = 0, TextLength = 3, Confidence = 0.25 } },
                Alternatives = { new Alternative { Text = "Who painted the cats", Confidence = 0.125 } },
            }
        },
        { "vocabulary-request", new VocabularyRequest { Language = "en", KnownVersion = "v1" } },
        {
            "vocabulary", new VocabularyResponse
            {
                ContentVersion = "v1", Names = { "The Kiss", "Gustav Klimt" }, Sentences = { "It is gold." }, Titles = { "The Kiss" }, Makers = { "Gustav Klimt" },
                Materials = { "Oil and gold on canvas" }, Places = { "Vienna" }, Questions = { "Who painted The Kiss?" },
            }
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_keeps_its_bytes(string name, IMessage message)
    {
        var hex = Convert.ToHexStringLower(message.ToByteArray()) + "\n";
        if (Environment.GetEnvironmentVariable("MUSEUM_GOLDEN") == "write")
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../../Golden", name + ".hex"), hex);
            return;
        }

        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".hex"));
        Assert.Equal(golden, hex);
        Assert.Equal(message, message.Descriptor.Parser.ParseFrom(Convert.FromHexString(golden.Trim())));
    }
}
