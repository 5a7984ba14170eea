namespace Museum.VoiceCallService.Turns;

/// <summary>A sentence of a turn of a session.</summary>
internal readonly record struct SentenceKey(string Session, long Turn, int Sequence);
