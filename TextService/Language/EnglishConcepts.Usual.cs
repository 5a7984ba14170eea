namespace Museum.TextService.Language;

/// <summary>What most questions have to do with.</summary>
internal static partial class EnglishConcepts
{
    // Before the colon the concept, after it the words that stand for it.
    private const string Usual = """
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
        father: father dad son daughter
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
        """;
}
