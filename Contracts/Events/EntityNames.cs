namespace Museum.Contracts.Events;

/// <summary>Names of the exchanges on the broker. They are a contract between versions: additive only, never renamed.</summary>
public static class EntityNames
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(SentenceComposed)] = "museum.turn.v1.sentence-composed",
        [typeof(SentenceSpoken)] = "museum.turn.v1.sentence-spoken",
        [typeof(SentenceFailed)] = "museum.turn.v1.sentence-failed",
        [typeof(SentenceAnimated)] = "museum.turn.v1.sentence-animated",
        [typeof(TurnInterrupted)] = "museum.turn.v1.turn-interrupted",
        [typeof(AnswerComposed)] = "museum.turn.v1.answer-composed",
        [typeof(TurnClosed)] = "museum.turn.v1.turn-closed",
        [typeof(ContentChanged)] = "museum.content.v1.content-changed",
        [typeof(SentencesForeseen)] = "museum.content.v1.sentences-foreseen",
    };

    public static IReadOnlyCollection<Type> Events => Names.Keys;

    public static string Of<T>() => Names[typeof(T)];
}
