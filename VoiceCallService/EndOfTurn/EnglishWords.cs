using System.Collections.Frozen;

namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>The closed classes of English, as <see cref="EnglishSense"/> needs them; lower case, without punctuation.</summary>
internal static class EnglishWords
{
    public static readonly FrozenSet<string> Fillers = Set("um uh uhm umm er erm hm hmm mm eh ah");

    /// <summary>Articles, possessives, degrees: a noun or an adjective follows.</summary>
    public static readonly FrozenSet<string> Determiners = Set("the a an my your his their our its every each another both either these's very quite rather");

    public static readonly FrozenSet<string> Conjunctions = Set("and or but because if although though while unless than whether plus nor which whose");

    public static readonly FrozenSet<string> Prepositions =
        Set("of in on at by for from with to about into onto between through during under over near behind like as without against since until towards across beside among within");

    public static readonly FrozenSet<string> Auxiliaries = Set(
        "is are was were am do does did has have had can could would should will might must may isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't " +
        "what's who's where's when's how's why's it's that's there's i'm i'll i'd he's she's they're");

    public static readonly FrozenSet<string> QuestionWords = Set("who what where when why how which whose whom what's who's where's when's how's why's");

    /// <summary>A preposition after one of these ends a question: "what is it made of", "who is it by".</summary>
    public static readonly FrozenSet<string> BeforeStranded = Set(
        "it this that he she they them these those one made come comes came look looks looking painted used known famous based built belong belongs inspired drawn bought found working " +
        "thinking called live lived die died written going dedicated given taken responsible surrounded covered interested married stand stands looked meant");

    /// <summary>A question of time, cause or manner has its predicate: "when was it painted".</summary>
    public static readonly FrozenSet<string> Predicates = Set(
        "made built born found drawn written bought stolen sold broken begun known shown put cut set lost kept famous important special here there old big valuable expensive different dark blue red green empty " +
        "die live come go work look happen begin start end paint open close survive mean get leave stop change use say show do stand represent symbolize tell teach make build write draw find discover buy sell steal " +
        "cost weigh need want like love hate know think see hear speak eat wear hold carry keep have give take become marry inspire reveal disappear fall break burn move reach measure call feel sit hang belong depict " +
        "seem appear shine glow flicker point exist matter serve lie bear contain include bring choose consider play cover protect recover restore turn");

    /// <summary>After "what … " they want a preposition: "what is it made of".</summary>
    public static readonly FrozenSet<string> WantPreposition = Set("made painted carved built based known famous");

    /// <summary>Say all that they mean.</summary>
    public static readonly FrozenSet<string> Whole = Set(
        "yes|no|stop|wait|help|thanks|goodbye|bye|why|how|thank you|thank you very much|go on|carry on|move on|tell me more|no thanks|no thank you|yes please|next one|the next one|never mind|" +
        "that's all|of course|good morning|good afternoon|say that again|excuse me|i see|all right|repeat that|what is this|who is this");

    /// <summary>Want an object or a clause, when nothing else has been said.</summary>
    public static readonly FrozenSet<string> Openings = Set(
        "explain|describe|is there|are there|was there|were there|is it|was it|is this|is that|was this|did he|did she|did they|did it|does it|does he|what about|how about|what year|please|can you please|could you please|" +
        "please tell me|i heard|i read|i know|take me|teach me|which one|how long|how old|how big|how far|how often|what color|what colour|what style|i have a question|one more question|another question");

    /// <summary>And these wherever they stand last.</summary>
    public static readonly string[] OpenEndings =
    [
        "tell me", "show me", "give me", "let me", "can you", "could you", "would you", "will you", "can i", "could i", "may i", "can we", "i want", "i would like", "i'd like", "i need", "i wonder", "i was wondering",
        "i think", "i thought", "do you know", "do you have", "do you think", "what kind", "what sort", "what type", "how many", "how much", "i am looking", "i'm looking", "know that", "think that", "heard that", "read that",
        "said that", "say that", "here that", "one that", "something that",
    ];

    /// <summary>Said while looking for words.</summary>
    public static readonly string[] Hesitations =
        ["let me see", "let me think", "let's see", "you know", "i mean", "how do you say", "how do i say", "what's it called", "what do you call it", "what was it called", "one second", "the thing is"];

    /// <summary>Before the sentence proper.</summary>
    public static readonly FrozenSet<string> Openers = Set("and so but ok okay well now also then oh hello hi hey please excuse me sorry yes yeah right um uh er erm");

    private static FrozenSet<string> Set(string words) => words.Split(words.Contains('|') ? '|' : ' ').ToFrozenSet(StringComparer.Ordinal);
}
