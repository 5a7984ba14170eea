using System.Collections.Frozen;

namespace Museum.TextService.Language;

/// <summary>Words that anybody may say without misspelling another, whether or not a museum's texts have them: so that "kids" stays what it is.</summary>
internal static class EnglishEveryday
{
    public static IEnumerable<string> Words => All;

    /// <summary>Those that are neither places nor given names.</summary>
    public static IEnumerable<string> Things => All.Where(w => !Places.Contains(w) && !GivenNames.Contains(w));

    public static bool Has(string word) => All.Contains(word);

    public static bool IsPlace(string word) => Places.Contains(word);

    /// <summary>True for a word that stands for no thing and no people, so that it may name a person.</summary>
    public static bool MayBeName(string word) => GivenNames.Contains(word) || !All.Contains(word);

    // Where things come from and where they are kept.
    private static readonly FrozenSet<string> Places = Split("""
        africa albania algeria america argentina armenia asia athens australia austria baghdad bangkok barcelona beijing belgium berlin boston brazil britain brussels budapest bulgaria cairo california canada chicago chile china colombia copenhagen cuba damascus delhi denmark dublin edinburgh egypt england ethiopia finland florence
        france geneva germany ghana greece hamburg hawaii helsinki hungary iceland india indonesia iran iraq ireland israel istanbul italy jamaica japan jerusalem jordan kenya korea kuwait kyoto lebanon libya lisbon liverpool london lyon madrid malaysia manchester mexico milan mongolia morocco moscow munich myanmar naples nepal
        netherlands nigeria norway osaka oslo pakistan paris persia peru philadelphia philippines poland portugal prague rome romania russia scotland serbia seoul shanghai siberia sicily singapore spain stockholm sudan sweden switzerland sydney syria taipei taiwan tehran thailand tibet tokyo toronto tunisia turin turkey
        ukraine vatican venezuela venice vienna vietnam wales warsaw washington yemen zurich
        """);

    private static readonly FrozenSet<string> GivenNames = Split("""
        alice andrew anna anne charles christopher daniel david edward elizabeth george harry helen henry howard isaac jack jacob james jane jim john joseph kate louis lucas maria marie mark martin mary michael nicholas oliver paul peter philip rachel richard robert salvador samuel sarah simon sophie stephen steve susan thomas tim tom victor victoria vincent william
        """);

    private static readonly FrozenSet<string> All = Places.Concat(GivenNames).Concat(Split("""
        lying dying tying metro hotel calories plane photo device context task teenager pupil label advert contest dan able accept accident according account act action active actor add address admire adult advert advice afraid afternoon age ago agree air airport alarm alive allow alone aloud amount ancient angel anger angry animal ankle annoy answer
        approximately apple april area argue arm army arrive arrow art artist ash ask asleep august aunt autumn awake award away awful axe baby back bad bag bake ball balloon banana band bank bar bare bark base basket bath battle beach bean bear beard beat
        bed bee beer begin behave believe bell belong belt bend best bet better bicycle big bike bill bird birth birthday biscuit bit bite bitter blame blank blanket bleed blind block blonde blood bloody blow board boat body boil bomb bone book boot border bored boring born
        borrow boss bottle bottom bowl box boy brain branch brand brave bread break breakfast breath breathe bridge bright bring broad brother brush bucket build builder bull bullet burn burst bus bush business busy butcher butter button buy cafe cage cake call calm camel
        camera camp cannon capital car card care careful carpet carry cart castle cat catch cattle cause cave ceiling celebrate cell cello chain chair chalk champion chance change chapter charge charm chase cheap cheat check cheek cheese cheetah chemist cherry chest chew chicken
        chief child chin chocolate choice choose church cinema circle circus city claim class clay clean clear clever climb cloak cloakroom clock close cloth clothes cloud clown club coach coal coast coat coffee coin cold collar collect college colour comb come comfort comic common
        company compare complain compliment computer concert confuse contain control cook cool copy corn corner correct cost cotton cough count country couple courage course court cousin cover cow crack crash crawl crazy cream create creature credit crime criminal crocodile cross crowd
        crown cruel cry cup cupboard cure curious curl current curse curtain curve custom customer cut cute daily damage damp dance dancer danger dangerous dare dark daughter day dead deaf dear death debt december decide deep deer defend degree delay delicious deliver den dentist
        depend desert deserve design desk destroy detail device devil diamond diary dictionary die different difficult dig digital dinner dinosaur direct dirt dirty disappear discount discover disease dish distance dive divide doctor dog doll dollar dolphin donkey door dot double doubt
        down dozen dragon draw dream dress drink drive driver drop drown drug drum drunk dry duck due dull dust duty eagle ear early earn earth earthquake east easy eat edge effect egg eight elbow electric elephant eleven email empty end enemy energy engine engineer enjoy enter
        entrance equal error escape europe even evening event evil exact exam example excellent exchange excited excuse exercise exist exit expect expensive experience expert explode express extra eye eyebrow eyelash face fact factory fade fail faint fair fairy faith fake fall false
        famous fan fancy far farm farmer fashion fast fat fate father favour favourite fear feast feather february feed feel female fence festival fetch fever few field fierce fifteen fifty fight figure fill film final finger finish fire firm fish fist fit five fix flag flame flash flat
        flavour flea flesh flight float flood floor flour flow flower fly fog fold follow food fool foolish foot football footballer forbid force forehead foreign forest forever forget forgive fork form forty four fox frame france free freeze fresh friday friend frighten frog front fruit full
        fun funny fur furniture further future gallery game gap garage garden gas gate gather gentle get ghost giant gift giraffe girl give glad glass glove glue goat god goddess gold good goose gossip government grand grandfather grandmother grandma grandpa granite grape grass grave great
        greedy green greet ground group grow guard guess guest guide guilty gun guy habit hair half hall hammer hand handle handsome handy hang happen happy harbour hard harm hat hate head headache heal health hear heart heat heaven heavy heel height hell helmet help herb hero hide high
        hill hip hire hit hobby hold hole holiday hollow holy home honest honey hook hope horn horror horse hospital hot hotel hour house huge human hundred hungry hunt hunter hurry hurt husband ice idea idiot ill imagine important impossible inch include indeed injure ink insect inside
        instead insult insurance interest internet invent invite iron island item jacket jail jam january jar jaw jealous jeans jeep jewel jewellery job join joke journal journey joy judge juice july jump june jungle just keep kettle key kick kid kids kill kilo kind king kiss kitchen kite knee kneel
        knife knight knock knot know label lack ladder lady lake lamb lamp land language large last late laugh law lawyer lay lazy lead leaf leak lean learn leather leave left leg legend lemon lend length less lesson let letter level library lick lid lie life lift light lightning like line
        lion lip liquid list listen little live living lizard load loan lock locker lonely long look loose lord lose loss lost loud love lovely low lower luck lucky lunch lung machine mad magazine magic main make male mammoth man manage map march mark market marriage marry mask master
        match mate material maths matter may mayor meal mean measure meat medal medicine meet melody melt member memory mend menu mess message metal method middle midnight mile milk mill mind minister minute mirror miss mist mistake mix mixture mobile model modern moment monday money
        monk monkey monster month mood moon moral morning mosque mosquito mother motor motorcycle mountain mouse moustache mouth move movie mud mug multiply mummy murder muscle museum mushroom music musical musician mystery nail naked name narrow nasty nation national natural nature near neat
        neck necklace need needle neighbour nephew nerve nervous nest net never new news newspaper next nice niece night nine noble noise noon normal north nose note notice november nude number nun nurse nut oak object ocean october odd offer office officer oil old once onion only open
        opera operate opinion opposite orange order ordinary organ original ostrich other oven owl own owner ox page pain paint pair palace pale pan panic pants paper parcel parent park parrot part partner party pass passenger passport password past path patient pattern pause pay pea peace peach peak pear
        pearl pen pencil penguin pepper perfect perform perfume perhaps person pet phone photo photograph photographer piano pick picnic picture pie piece pig pigeon pillow pilot pink pipe pirate pizza place plain plan planet plant plastic plate play player please plenty pocket poem poet point poison
        poisonous pole police policeman polish polite pony pool poor pope popular population port position possible post potato pour powder power practice pray prayer prefer pregnant present president press pretend pretty price priest prince princess print prison prisoner private prize probably problem produce
        program promise proof proper protect proud prove pull pump pumpkin punish pupil puppy pure purple push puzzle quality quarrel quarter queen question queue quick quiet quite rabbit race radio railway rain raise ram rare rat raw reach read ready real rear reason receive recipe recommend record
        red refuse religion remain remember remove rent repair repeat reply report reptile rescue rest restaurant result return rich ride right ring rip ripe rise risk river road rob robber robot rock rocket role roll roof room root rope rose rotten rough round row royal rub rubbish rude
        ruin rule ruler run rush sad safe sail sailor salt same sand sandwich satellite saturday sauce save saw say scar scare scarf school science scientist scissors score scratch scream screen screw sea seal search seat second secret see seed seem sell send sense separate september serious servant serve
        service set seven several sew sex shadow shake shallow shame shampoo shape share shark sharp shave sheep sheet shelf shell shelter shine shiny ship shirt shiver shock shoe shoes shoot shop shore short shot shoulder shout show shower shut shy sick side sight sign signal silent silk silly silver simple since sing
        singer single sink sister sit six size skeleton skill skin skirt skull sky slave sleep sleeve slice slide slip slow small smart smash smell smile smoke smooth snake sneeze snow soap soccer society sock soft soil soldier solid solve son song soon sooner sore sort soul sound soup sour south space spare
        speak special speech speed spell spend spicy spider spike spiky spill spin spirit spit splash spoil spoon sport spot spread spring square squeeze stable stage stain stairs stamp stand star stare start state station statue stay steal steam steed steel steep step stick stiff still sting stink stomach stone stool stop store storm
        story stove straight strange stranger straw stream street strength stretch strict strike string strip strong student studio study stuff stupid style subject subway success such sudden suffer sugar suggest suit summer sun sunday sunrise sunset super supermarket supper support suppose sure surface surprise
        surround swallow swan swear sweat sweep sweet swell swim swing sword symbol table tail take tale talk tall tame tank tap tape target taste tax taxi tea teach teacher team tear teenager telephone television tell temper temple ten tennis tent terrible terrify test thank theatre thick thief thin thing think
        thirsty thirteen thirty thorn thousand thread threaten three throat throne through throw thumb thunder thursday ticket tidy tie tiger tight time tiny tip tired title toast today toe toilet toilets tomato tomb tomorrow tongue tonight tool tooth top topic total touch tough tour tourist towel tower town toy trace track trade
        tradition traffic trail train translate trap travel treasure treat tree tremble trial triangle trick trip trouble trousers truck true trunk trust truth try tube tuesday tunnel turkey turn turtle twelve twenty twice twin twist type ugly umbrella uncle underground understand undress unicorn uniform unit university
        unlucky until upper upset upside useful useless usual valley valuable value van vase vegetable vegetarian vehicle verse very victim victory video view village villain violent violin visit voice volcano vote vowel voyage wage waist wait waiter wake walk wall wallet walnut want war warm warn wash waste watch water watercolour wave wax way
        weak wealth weapon wear weather web wedding wednesday weed week weekend weigh weight weird welcome west wet whale wheat wheel wheelchair whether whip whisper whistle white whole wicked wide widow width wife wild win wind window wine wing winner winter wipe wire wisdom wise wish witch wizard wolf woman wonder wood
        wooden wool word work world worm worry worse worship worst worth wound wrap wreck wrinkle wrist write writer wrong yard yawn year yellow yesterday young youth zebra zero zoo
        african american arab australian austrian belgian british canadian chinese danish dutch egyptian english european finnish french german greek hungarian indian irish italian japanese jewish korean mexican mongol norwegian persian polish portuguese roman russian scottish spanish swedish swiss turkish viking
        color colors gray center centers favorite neighbor theater jewelry
        ain't aren't could've he'd he'll he's i'll isn't it'd it'll let's she'd she's shouldn't that'd there'd they're they've wasn't we'd we're we've weren't won't you'd you'll you're you've didn't doesn't
        """)).ToFrozenSet();

    private static FrozenSet<string> Split(string words) => words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
