using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Espeak;

/// <summary>
/// Makes spans of espeak-ng's events, which say only when something begins:
/// <code>WORD 月@345, yE@345, _|@519, WORD 夜@519, j@519, iE@603, …, _:@4080, _@4381, end 4500</code>
/// </summary>
internal sealed class EspeakTimeline
{
    private readonly WordTimeline line = new();
    private readonly List<TimedWord> words = [];
    private readonly List<TimedPhone> phones = [];
    private string? symbol;
    private long since;

    public void Word(SpokenText run, int start, int length, long at)
    {
        if (symbol is not null && !symbol.StartsWith('_'))
        {
            line.Extend(at);
        }

        Add(line.Begin(run, start, length, at));
    }

    public void Phone(string name, long at)
    {
        // "(en)" says that the voice changes language.
        if (name.StartsWith('(') || (name.StartsWith('_') && symbol?.StartsWith('_') == true))
        {
            return;
        }

        EndPhone(at);
        (symbol, since) = (name.StartsWith('_') ? "_" : name, at);
    }

    public void End(long total)
    {
        EndPhone(total);
        Add(line.Finish());
    }

    public IReadOnlyList<TimedWord> TakeWords() => Take(words);

    public IReadOnlyList<TimedPhone> TakePhones() => Take(phones);

    private void EndPhone(long at)
    {
        if (symbol is null || at <= since)
        {
            return;
        }

        phones.Add(new TimedPhone(symbol, "espeak", since, at));
        if (!symbol.StartsWith('_'))
        {
            line.Extend(at);
        }
    }

    private void Add(TimedWord? word)
    {
        if (word is not null)
        {
            words.Add(word);
        }
    }

    private static T[] Take<T>(List<T> list)
    {
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }
}
