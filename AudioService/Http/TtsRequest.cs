using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Http;

/// <summary>The body of <c>POST /api/audio/tts</c>.</summary>
internal sealed record TtsRequest
{
    /// <summary>1–1,000 characters; several sentences are spoken one after the other.</summary>
    public required string Text { get; init; }

    /// <summary><c>en</c>, <c>zh</c>, …; absent: Chinese when there are hanzi in the text, else English.</summary>
    public string? Language { get; init; }

    /// <summary>One of <c>GET /api/audio/voices</c>; absent: the language's default.</summary>
    public string? Voice { get; init; }

    /// <summary>0.5–2.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>0.5–2 times the voice's own; without effect on a voice that cannot change it (provider <c>openai</c>).</summary>
    public double Pitch { get; init; } = 1;

    /// <summary>0–2 times the house's loudness.</summary>
    public double Volume { get; init; } = 1;

    /// <summary><c>standard</c>, the first sound soonest, or <c>high</c>, the better voice if there is one; absent: as the museum is set up.</summary>
    public SpeechQuality? Quality { get; init; }

    /// <summary><c>wav</c>, <c>pcm</c> (16 bit little endian, mono), <c>mp3</c> or <c>opus</c> (in Ogg); <c>?format=</c> in the address comes before it.</summary>
    public string Format { get; init; } = "wav";

    /// <summary>Samples per second: 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000.</summary>
    public int SampleRate { get; init; } = Sound.SampleRates.Default;
}
