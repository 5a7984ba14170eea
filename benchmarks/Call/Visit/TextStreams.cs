namespace Museum.Benchmarks.Call.Visit;

/// <summary>Counts the pieces of every turn's text: none may be missing, none doubled, a broken connection included.</summary>
internal sealed class TextStreams
{
    private readonly Dictionary<long, int> next = [];

    /// <returns>What is wrong, in words.</returns>
    public IEnumerable<string> Take(Seen response)
    {
        if (response.Number("text_stream_seq") is not { } seq)
        {
            yield break;
        }

        var expected = next.GetValueOrDefault(response.TurnId);
        if (seq >= 0)
        {
            if (expected != seq)
            {
                yield return $"text of turn {response.TurnId}: piece {seq} instead of {(expected < 0 ? "none after the end" : expected)}";
            }

            next[response.TurnId] = (int)seq + 1;
        }
        else
        {
            if (expected < 0)
            {
                yield return $"text of turn {response.TurnId}: ended twice";
            }

            next[response.TurnId] = -1;
        }
    }
}
