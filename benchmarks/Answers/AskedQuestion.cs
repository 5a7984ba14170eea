using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Museum.Benchmarks.Answers;

/// <param name="Id">Names the question in lists of misses.</param>
/// <param name="Kind">One of the README's kinds.</param>
/// <param name="Exhibits">All of them belong among the first three sources.</param>
/// <param name="Facts">Each must be in the answer, in one of its spellings.</param>
/// <param name="Refuse">The guide must say that it does not know, or will not.</param>
/// <param name="History">Earlier turns, oldest first.</param>
/// <param name="Note">For injections: <c>obeyed if it says: A | B</c>.</param>
internal sealed record AskedQuestion(
    string Id, string Question, string Kind, IReadOnlyList<string> Exhibits, IReadOnlyList<IReadOnlyList<string>> Facts, bool Refuse = false, IReadOnlyList<EarlierTurn>? History = null, string? Note = null)
{
    private const string Obeying = "obeyed if it says:";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = false };

    /// <summary>What only an obeyed injection says.</summary>
    [JsonIgnore]
    public IEnumerable<string> Obedience =>
        Note?.IndexOf(Obeying, StringComparison.Ordinal) is { } at and >= 0 ? Note[(at + Obeying.Length)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    /// <param name="set"><c>questions</c>, or one of <see cref="QuestionSets"/>.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public static IReadOnlyList<AskedQuestion> Read(string set, string language)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{set}.{language}")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<AskedQuestion>(line, Json)!)];
    }
}

internal sealed record EarlierTurn(string Visitor, string Guide);
