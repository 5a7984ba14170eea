using System.Collections.Frozen;

namespace Museum.TextService.Language;

/// <summary>
/// The verbs whose forms no rule brings together: who asks who paid is answered by what says "paid", and no less by what says "pay". Forms
/// that are a thing as well (a saw, a rose, the left hand) are left out.
/// </summary>
internal static class EnglishIrregular
{
    /// <summary>The verb itself; another word is its own.</summary>
    public static string Plain(string word) => Verbs.GetValueOrDefault(word, word);

    private static readonly FrozenDictionary<string, string> Verbs = """
        become=became|begin=began begun|bite=bit bitten|blow=blew blown|break=broke broken|bring=brought|build=built|buy=bought|catch=caught|choose=chose chosen|come=came
        creep=crept|dig=dug|draw=drew drawn|dream=dreamt|drink=drank drunk|drive=drove driven|eat=ate eaten|fall=fell fallen|feed=fed|feel=felt|fight=fought|find=found|flee=fled|fly=flew flown
        forbid=forbade forbidden|forget=forgot forgotten|freeze=froze frozen|give=gave given|grow=grew grown|hang=hung|hear=heard|hide=hid hidden|hold=held|keep=kept|kneel=knelt|know=knew known
        lead=led|lend=lent|lose=lost|make=made|mean=meant|meet=met|pay=paid|ride=rode ridden|rise=risen|run=ran|say=said|sell=sold|send=sent|shake=shook shaken|shoot=shot|show=shown
        sing=sang sung|sink=sank sunk|sit=sat|sleep=slept|speak=spoke spoken|spend=spent|stand=stood|steal=stole stolen|stick=stuck|strike=struck|swear=swore sworn|swim=swam swum|take=took taken
        teach=taught|tell=told|think=thought|throw=threw thrown|understand=understood|wear=wore worn|weave=wove woven|win=won|write=wrote written
        """.Split((char[])['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('='))
        .SelectMany(verb => verb[1].Split(' ').Select(form => KeyValuePair.Create(form, verb[0])))
        .ToFrozenDictionary();
}
