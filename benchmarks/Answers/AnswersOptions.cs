using System.Globalization;

namespace Museum.Benchmarks.Answers;

/// <summary>What is asked, of how large a museum.</summary>
/// <param name="Content">The folder of the museum's entries.</param>
/// <param name="Entries">Entries in all; what the museum does not have is generated.</param>
/// <param name="Languages"><c>en</c>, <c>zh</c> or both.</param>
/// <param name="Kinds">Kinds of question; none: all, and the held-out set too.</param>
/// <param name="List">Prints every miss.</param>
internal sealed record AnswersOptions(string Content, int Entries, IReadOnlyList<string> Languages, IReadOnlyList<string> Kinds, bool List)
{
    private static readonly string[] AllLanguages = ["en", "zh"];

    /// <param name="args">The folder, then any of: <c>--list</c>, <c>--entries N</c>, <c>en</c>, <c>zh</c>, kinds.</param>
    public static AnswersOptions Read(string[] args)
    {
        var at = Array.IndexOf(args, "--entries");
        var entries = at < 0 ? 0 : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        var named = args.Skip(1).Where((_, i) => at < 0 || i + 1 != at + 1).Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        var languages = named.FindAll(AllLanguages.Contains);
        return new AnswersOptions(args[0], entries, languages.Count > 0 ? languages : AllLanguages, [.. named.Except(AllLanguages)], args.Contains("--list"));
    }
}
