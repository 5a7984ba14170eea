namespace Museum.TextService.Language;

/// <summary>What some texts speak of, and the kinds of things.</summary>
internal static partial class EnglishConcepts
{
    private const string Further = """
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
        inside: inside indoors indoor interior
        bad: bad badly poor poorly faulty
        fungus: fungus fungi mushroom mushrooms
        deliver: deliver delivered sent posted brought arrived
        """;

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
}
