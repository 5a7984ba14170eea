namespace Whisper.net.Native;

/// <summary>A segment out of whisper.cpp's memory.</summary>
internal static class SegmentReader
{
    public static SegmentData Read(nint context, nint state, int segment, bool withProbabilities)
    {
        var tokens = new WhisperToken[WhisperLibrary.Tokens(state, segment)];
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = WhisperLibrary.Token(state, segment, i);
            tokens[i] = new WhisperToken
            {
                Id = token.Id,
                TimestampId = token.TimestampId,
                Probability = token.Probability,
                ProbabilityLog = token.LogProbability,
                TimestampProbability = token.TimestampProbability,
                TimestampProbabilitySum = token.TimestampProbabilitySum,
                Start = token.Start,
                End = token.End,
                DtwTimestamp = token.Dtw,
                VoiceLen = token.VoiceLength,
                Text = WhisperLibrary.Text(WhisperLibrary.TokenText(context, state, segment, i)),
            };
        }

        var counted = withProbabilities && tokens.Length > 0 ? tokens : [new WhisperToken()];
        return new SegmentData(
            WhisperLibrary.Text(WhisperLibrary.SegmentText(state, segment)),
            Time(WhisperLibrary.SegmentStart(state, segment)),
            Time(WhisperLibrary.SegmentEnd(state, segment)),
            counted.Min(t => t.Probability),
            counted.Max(t => t.Probability),
            counted.Average(t => t.Probability),
            WhisperLibrary.SegmentNoSpeech(state, segment),
            WhisperLibrary.Text(WhisperLibrary.LanguageCode(WhisperLibrary.Language(state))),
            tokens);
    }

    private static TimeSpan Time(long hundredths) => TimeSpan.FromMilliseconds(hundredths * 10);
}
