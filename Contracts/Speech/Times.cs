namespace Museum.Contracts.Speech;

/// <summary>A word and when it sounds: sample offsets from the sentence's first sample; its place in the text in UTF-16 code units.</summary>
public sealed record TimedWord(string Text, long StartSample, long EndSample, int TextStart, int TextLength);

/// <summary>A phone in <paramref name="Alphabet"/> (<c>arpabet</c> or <c>espeak</c>) and when it sounds, in samples.</summary>
public sealed record TimedPhone(string Symbol, string Alphabet, long StartSample, long EndSample);

/// <summary>A mouth shape (sil PP FF TH DD kk CH SS nn RR aa E ih oh ou) reached at <paramref name="StartSample"/>, weight 0–1.</summary>
public sealed record TimedViseme(long StartSample, string Id, double Weight);
