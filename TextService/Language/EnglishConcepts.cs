using System.Collections.Frozen;

namespace Museum.TextService.Language;

/// <summary>Words that stand for one another in questions about things in a museum. A concept's name begins with #.</summary>
internal static class EnglishConcepts
{
    public static IReadOnlyList<string> Of(string stem) => ByStem.TryGetValue(stem, out var concepts) ? concepts : [];

    /// <summary>What a word is one of: a dog of animals. Only the kind stands for its members, so that nobody who asks for a dog is told of a cat.</summary>
    public static IReadOnlyList<string> KindsOf(string stem) => KindsByMember.TryGetValue(stem, out var kinds) ? kinds : [];

    /// <summary>The concept of a word that names such a kind; null: it names none.</summary>
    public static string? KindNamed(string stem) => KindsByName.GetValueOrDefault(stem);

    private static readonly FrozenDictionary<string, string[]> ByStem = Grouped("""
        make: make made makes making create created creator creation creating paint painted painter paints painting carve carved carver sculpt sculpted sculptor sculpture build built builder design designed designer draw drew drawn draughtsman invent invented inventor write wrote written writer author cast forge forged weave woven wove craft crafted craftsman craftsmen produce produced compose composed maker artist print printed engrave engraved embroider embroidered stitch stitched sew sewn work hand commission
        find: spot spotted find found finder discover discovered discovery unearth unearthed excavate excavated excavation dig dug recover recovered uncover uncovered retrieved
        steal: steal stole stolen theft thief rob robbed loot looted plunder plundered took take taken remove removed carry carried seize seized captured
        buy: buy bought buyer purchase purchased acquire acquired sell sold sale seller pay paid price cost costs expensive auction money
        keep: keep kept hang hangs hung display displayed house housed stand stands belong belongs reside rest rests exhibit exhibited view seen see live lives home collection
        mean: mean means meaning meant symbol symbolise symbolize symbolic symbolises represent represents represented stand stood signify significance sign emblem express expresses expressed message read reading idea allegory embody reminder convey interpret
        show: show shows shown depict depicts depicted depiction portray portrays portrayed represent see scene subject
        size: big large tall high height wide width long length size dimensions measure measures measuring deep small tiny huge
        weight: heavy weigh weighs weighed weight weighing kilograms tonnes
        date: date dates dated old age year century era period ancient
        die: die died dies dying dead death kill killed perished murder murdered
        bury: bury buried burial grave tomb coffin
        wear: wear wears wore worn dress dressed clothes clothing costume robe
        break: break broke broken breaks damage damaged destroy destroyed smash smashed shatter shattered shattering crack cracked ruined blown explode exploded explosion
        missing: missing lost lose lack lacks gone vanished disappeared without absent no
        precious: expensive costly precious dear valuable luxury rare
        fame: famous known celebrated fame renowned important importance significant best-known icon iconic
        seem: seem seems appear appears look looks
        begin: begin began begun start started starts first
        end: finish finished complete completed end ended last
        ruler: king ruler emperor monarch queen pharaoh sovereign throne
        inspire: inspire inspired inspiration influence influenced idea model modelled
        use: use used uses purpose function serve served serves
        name: name named names called call title nickname known word
        hide: hide hid hidden conceal concealed secret
        save: save saved rescue rescued protect protected spared survive survived
        script: script scripts language languages writing alphabet text inscription inscribed letters written
        soldier: soldier soldiers army troops warrior warriors
        fight: fight fought battle war wars conflict
        give: give gave given gift donate donated present presented grant
        bring: bring brought move moved carry carried transport transported take took taken travel travelled ship shipped
        return: return returned back restitution restore restored
        open: open opened unveil unveiled
        repair: repair repaired restore restored restoration mend mended conserve
        copy: copy copies replica original version versions
        decipher: decipher deciphered decode decoded crack cracked translate translated read understand solved solve
        woman: woman women lady ladies girl female
        pregnant: pregnant pregnancy expecting baby
        arm: arm arms
        boat: boat boats ship ships vessel
        sea: sea ocean
        travel: travel travelled traveled fly flew flown flight journey
        smile: smile smiles smiling grin laugh
        hat: hat cap helmet turban headdress crown
        gem: lapis turquoise gem gems jewel jewels gemstone diamond
        fear: fear afraid scared terror dread anxiety
        strange: strange odd weird mysterious mystery curious
        husband: husband wife married marry marriage couple spouse
        father: father dad
        mother: mother mum mom
        dog: dog puppy
        doctor: doctor physician surgeon dentist
        church: church cathedral chapel abbey
        cloth: cloth fabric textile linen
        beauty: beautiful beauty pretty lovely
        curse: curse cursed bad-luck unlucky
        clever: clever smart ingenious
        fast: fast quick quickly speed
        begin-work: start begin began begun
        explain: explain reason cause
        man: man men male
        child: child children boy girl son daughter
        teach: teach taught teacher train trained learn learned pupil student instruct instructed
        happen: happen happened happens occur occurred
        location: site place located location region village city town
        weapon: weapon weapons sword spear
        colour: color colour colors colours colored coloured
        grey: gray grey
        temperature: temperature degrees degree cold cool warm warmth hot heat
        mountain: mountain mountains mount peak hill volcano
        length: long length
        wide: wide width across
        high: high height tall
        metre: meter metre meters metres
        hold: hold held holding grasp grasped grip carry carried
        fly-verb: fly flew flown flying
        grow: grow grew grown growing growth
        know: know knew known
        lead: lead led leading
        leave: leave left leaving
        meet: meet met meeting
        ride: ride rode ridden riding
        rise: rise rose risen rising
        run: run ran running
        send: send sent sending
        shoot: shoot shot shooting
        sing: sing sang sung singing song
        sink: sink sank sunk sinking
        sit: sit sat sitting seated
        sleep: sleep slept asleep sleeping
        speak: speak spoke spoken speech
        spend: spend spent
        swim: swim swam swum swimming
        throw: throw threw thrown hurl hurled
        think: think thought thinking
        win: win won winner winning victory
        eat: eat ate eaten eating meal food
        drink: drink drank drunk drinking
        bite: bite bit bitten biting
        blow: blow blew blowing breath
        choose: choose chose chosen choice
        fall: fall fell fallen falling
        freeze: freeze froze frozen ice icy cold
        melt: melt melted molten
        burn: burn burned burnt burning fire heat hot flame
        build-house: builder builders house houses
        fake: fake real forgery forged forger hoax counterfeit genuine authentic imitation
        hair: hair hairs bald beard moustache eyebrow eyebrows
        naked: naked nude nudes bare undressed
        jewel-stone: jewel jewels diamond diamonds stone stones gem gems
        horse: horse horses steed pony mare stallion
        goat: goat goats ram rams sheep
        cow: cow cows cattle ox oxen calf calves
        bird-animal: bird birds swallow swan raven eagle hawk
        insect: insect insects bug bugs grasshopper locust cricket katydid
        animal: animal animals beast beasts creature creatures
        lamp: lamp lamps lantern light candle
        servant: servant servants maid maids
        vessel: vessel vessels vase pot jar urn bowl cauldron
        picture: image images depiction illustration
        book: book books manuscript manuscripts codex volume
        monk: monk monks friar friars
        gods: god gods goddess goddesses deity deities divine
        present: present presents gift gifts given
        museum-place: museum museums gallery galleries
        space: space spacecraft capsule cabin module
        astronaut: astronaut astronauts cosmonaut crew
        plane: plane airplane aeroplane aircraft flyer
        mummy: mummy mummies body corpse
        jade-piece: piece pieces plate plates plaque plaques bits part parts
        sew: sew sewn sewed stitched thread wire
        wave: wave waves
        ocean: ocean oceans sea seas water pacific atlantic
        island: island islands isle islet
        star: star stars planet planets constellation
        metal: metal metals copper bronze brass iron tin gold silver
        beach: beach shore coast land ashore
        beg: beg begged begging plead pleaded ask asked implore
        mercy: mercy spare spared pity
        rope: rope ropes cord noose
        robber: robber robbers thief thieves looter looters
        doorway: door doorway doors gate gates
        war-side: war wars battle battles
        banquet: banquet feast feasts dinner
        order: order ordered orders commission commissioned patron
        own: own owns owned owner owners belong belonged belongs possession
        rich: rich wealthy wealth costly luxury
        poor: poor poverty
        poem: poem poems poet poetry verse
        story: story stories tale tales legend legends myth
        doubt: doubt doubted doubtful disputed dispute debated disagree uncertain unsure
        prove: prove proof proves proved evidence
        guess: guess suspect suspected suppose supposed
        recognise: recognise recognised recognize identify identified spot spotted notice noticed
        rebuild: rebuild rebuilt reconstruct reconstructed restore restored
        blow-up: bomb bombed explosion exploded explode
        crown-wear: crown crowned coronation
        clothing: clothes dress gown robe cloak garment
        measure-length: centimetre centimetres centimeter centimeters
        scared: scared frightened frighten terrified
        pain: pain hurt ache suffering suffer
        medicine: medicine medical doctor drug
        write-on: inscription inscribed inscriptions letters characters
        print-verb: print printed printer printing type typeset
        artist-pupil: pupil pupils student students assistant apprentice
        idea-thing: idea ideas thought concept
        huge: huge enormous giant gigantic colossal immense vast large
        tiny: tiny small little minute
        dark-night: dark darkness night nighttime daytime day daylight
        young: young youth boy youthful
        elder: old elderly aged
        ill: ill sick sickness disease illness patient
        famous-for: special unusual remarkable
        tomb-grave: tomb tombs grave graves burial
        museum-post: post mail parcel posted
        transfer: transfer transferred return returned give gave given hand handed
        newspaper: newspaper newspapers advert advertisement press
        music: music musical tune melody song notes
        count-number: number numbers count
        photo: photo photos photograph photographs photographed photographer
        rock: stone stones rock rocks basalt granite limestone sandstone marble alabaster diorite
        pose: pose posed poses posing model models sitter sat
        come: come comes came coming
        bigger: big bigger biggest large larger largest huge
        smaller: small smaller smallest tiny
        taller: tall taller tallest high higher highest
        longer: long longer longest
        older: old older oldest ancient
        teen: teenager teenage young youth eighteen
        exist: exist exists existing survive survives surviving survived remain remains remaining left
        punish: punish punished punishment penalty fine
        hour: hour hours minute minutes second seconds
        faithful: faithful faithfulness loyal loyalty
        lucky: luck lucky fortune blessing
        peace: peace peaceful peacefully
        harmony-order: harmony order balance
        wise: wise wisdom clever intelligent
        strong: strong strength power powerful mighty
        moral: moral lesson warning message
        mistake: mistake mistakes error errors wrong
        mock: mock mocked mocking joke joked joking ridicule ridiculed laughed insult
        fog: fog foggy mist misty haze hazy
        glue: glue glued stuck epoxy reattached
        deliver: deliver delivered sent posted brought arrived
        """, "#");

    // After the colon what is said of the kind, before it its names.
    private const string Kinds = """
        colour color colours colors: black white grey gray red blue green yellow golden brown orange purple pink turquoise ochre
        animal animals beast beasts creature creatures: dog cat cats mouse mice otter lion lions bull dragon horse goat goats sheep ram bird eagle snake serpent leopard monkey elephant deer fish bear wolf tiger vulture cobra swan calf calves ox cow ibex katydid locust
        bird birds: swallow swan raven eagle vulture falcon dove crow hawk
        fruit fruits: orange oranges apple apples strawberry strawberries grape cherry cherries pomegranate peach
        instrument instruments: bell bells violin drum flute lyre harp
        job jobs profession trade: dentist doctor merchant lawyer farmer carpenter banker jeweller goldsmith
        wood woods timber: oak poplar spruce maple ash pine cedar
        weapon weapons: sword axe spear bow arrow dagger pistol pistols
        """;

    private static readonly FrozenDictionary<string, string[]> KindsByMember = Grouped(Kinds, "#is:");

    private static readonly FrozenDictionary<string, string> KindsByName = Lines(Kinds)
        .SelectMany(line => line.Names.Select(name => (Stem: EnglishStemmer.Stem(name), Concept: "#is:" + line.Names[0])))
        .DistinctBy(p => p.Stem).ToFrozenDictionary(p => p.Stem, p => p.Concept);

    private static FrozenDictionary<string, string[]> Grouped(string lines, string mark) => Lines(lines)
        .SelectMany(line => line.Words.Select(word => (Stem: EnglishStemmer.Stem(word), Concept: mark + line.Names[0])))
        .Distinct()
        .GroupBy(p => p.Stem, p => p.Concept)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private static IEnumerable<(string[] Names, string[] Words)> Lines(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .Select(parts => (parts[0].Split(' '), parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
