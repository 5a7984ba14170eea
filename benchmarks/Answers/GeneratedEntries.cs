using System.Globalization;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.Benchmarks.Answers;

/// <summary>Entries of a large museum that nobody wrote: names of their own, and texts in the words that museums use. The same each time.</summary>
internal static class GeneratedEntries
{
    private static readonly string[] Syllables = ["ka", "lo", "ven", "tar", "mi", "ros", "del", "hun", "pra", "sil", "gor", "nay", "bel", "zu", "ther", "quin", "os", "fal", "ir", "mun", "cha", "dor", "wes", "yan"];
    private static readonly string[] Characters = ["岚", "霁", "峤", "澜", "柘", "珩", "皋", "蘅", "邕", "骁", "阡", "沅", "珞", "旻", "鄢", "祁", "郴", "峪", "珺", "湄", "岑", "淇", "翎", "滦"];

    private static readonly (string En, string Zh)[] Things = [("Urn", "瓮"), ("Altarpiece", "祭坛画"), ("Bowl", "碗"), ("Portrait", "肖像"), ("Relief", "浮雕"), ("Manuscript", "抄本"), ("Necklace", "项链"), ("Clock", "钟表"), ("Map", "地图"), ("Drum", "鼓")];
    private static readonly (string En, string Zh)[] Materials = [("oil on canvas", "布面油画"), ("marble", "大理石"), ("bronze", "青铜"), ("gilded wood", "镀金木"), ("clay", "黏土"), ("silk", "丝绸"), ("limestone", "石灰岩"), ("silver", "银")];
    private static readonly (string En, string Zh)[] Reasons = [("to honour the dead", "纪念逝者"), ("for a wedding", "庆祝婚礼"), ("to thank a river god", "酬谢河神"), ("for a harbour school", "赠给港口学校"), ("to end a long war", "了结一场长年的战争")];

    public static IEnumerable<Exhibit> Make(int count)
    {
        var random = new Random(6);
        for (var i = 0; i < count; i++)
        {
            var place = Both(random);
            var maker = Both(random);
            var thing = Things[random.Next(Things.Length)];
            var name = new Localized<string>($"{place.En} {thing.En} {i}", $"{place.Zh}{thing.Zh}{i}");
            yield return Entry(i, name, maker, place, thing, Materials[random.Next(Materials.Length)], Reasons[random.Next(Reasons.Length)], random);
        }
    }

    private static Exhibit Entry(
        int number, Localized<string> name, Localized<string> maker, Localized<string> place, (string En, string Zh) thing, (string En, string Zh) material, (string En, string Zh) reason, Random random)
    {
        var (year, found, size, pieces) = (random.Next(1000, 1900), random.Next(1900, 2020), random.Next(20, 300), random.Next(2, 90));
        return new Exhibit
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"generated-{number}"),
            Hall = 1 + (number % 9),
            Title = name,
            Aliases = new([], []),
            Maker = new($"{maker.En} {Both(random).En}", $"{maker.Zh}·{Both(random).Zh}"),
            Date = new($"{year}", $"{year}年"),
            Material = new(material.En, material.Zh),
            Found = new(place.En, place.Zh),
            Home = new($"Museum of {place.En}", $"{place.Zh}博物馆"),
            Tags = new([thing.En], [thing.Zh]),
            Sources = [],
            Suggested = new([], []),
            Body = new(
            [
                new("What it is", [$"The {name.En} was made by {maker.En} in {year}. It is of {material.En}, {size} centimetres high, and consists of {pieces} parts."]),
                new("The story", [$"{maker.En} made it {reason.En}. Workers found it near {place.En} in {found}, and it is kept in the Museum of {place.En}."]),
                new("What it means", [$"Its {pieces} parts stand for the days of a journey. Scholars still ask why the last of them is missing."]),
            ],
            [
                new("这是什么", [$"{name.Zh}由{maker.Zh}于{year}年制作。它用{material.Zh}制成，高{size}厘米，由{pieces}个部分组成。"]),
                new("来历", [$"{maker.Zh}制作它是为了{reason.Zh}。{found}年，工人在{place.Zh}附近发现了它，现藏于{place.Zh}博物馆。"]),
                new("意义", [$"{pieces}个部分象征一次旅途的天数。学者至今不明白，最后一部分为什么不见了。"]),
            ]),
        };
    }

    private static Localized<string> Both(Random random)
    {
        var en = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
        return new(char.ToUpperInvariant(en[0]) + en[1..], string.Concat(Enumerable.Range(0, 3).Select(_ => Characters[random.Next(Characters.Length)])));
    }
}
