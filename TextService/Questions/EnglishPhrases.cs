using System.Collections.Frozen;

namespace Museum.TextService.Questions;

/// <summary>Verbs of two to four words that say what one word says: "came across" is "found".</summary>
internal static class EnglishPhrases
{
    private const int MostWords = 4;

    public static List<string> Plain(List<string> words)
    {
        var plain = new List<string>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var length = Math.Min(MostWords, words.Count - i);
            while (length > 1 && !Phrases.ContainsKey(string.Join(' ', words.GetRange(i, length))))
            {
                length--;
            }

            plain.AddRange(length > 1 ? Phrases[string.Join(' ', words.GetRange(i, length))] : [words[i]]);
            i += length;
        }

        return plain;
    }

    private static readonly FrozenDictionary<string, string[]> Phrases = """
        made off=made of|made out off=made of
        why on earth=why|what on earth=what|how on earth=how|who on earth=who|where on earth=where|put under the ground=buried
        came across=found|come across=find|stumbled upon=found|stumbled on=found|came upon=found|hit upon=found|turned up=found|got hold of=acquired|get hold of=acquire
        ran off with=stole|run off with=steal|made off with=stole|get away with=steal|blown up=exploded|blew up=exploded|blow up=explode|fell apart=broke|fall apart=break
        given back=returned|gave back=returned|give back=return|handed back=returned|sent back=returned|take back=return|handed over=donated|gave away=donated|give away=donate|gave it away=donated|give it away=donate
        put together=assembled|pieced together=assembled|set up=erected|put up=erected|took down=removed|taken down=removed|cut down=cut|cut off=cut|thrown away=discarded
        made up=invented|make up=invent|came up with=invented|come up with=invent|thought up=invented|figured out=deciphered|worked out=deciphered
        lost his life=died|lose his life=die|lost her life=died|lose her life=die|passed away=died|ended up=kept|end up=kept
        come form=come from|comes form=comes from|came form=came from|for a living=work|tell apart=distinguish
        whose was=who owned|whose is=who owned|belonged to whom=who owned|took part=participated|looks like=resembles|look like=resemble|looked like=resembled|stand in for=model
        made fun of=mocked|make fun of=mock|making fun of=mocking|laughed at=mocked|poked fun at=mocked|stuck on=glued|stuck back=glued
        under the ground=buried|below the ground=buried|in the ground=buried|head to toe=whole|at the back=behind|in the back=behind|at the front=front|on top of=top|at the top=top
        """.Split((char[])['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('='))
        .ToFrozenDictionary(pair => pair[0], pair => pair[1].Split(' '));
}
