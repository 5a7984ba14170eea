using Museum.TextService.Answers;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>The museum's own content, indexed once for all tests.</summary>
public sealed class MuseumContent
{
    private static readonly Lazy<Task<ContentIndex>> Shared = new(BuildAsync);

    internal static string Folder { get; } = Path.Combine(Root(), "content");

    /// <summary>Four of its exhibits: a service that has only these starts at once.</summary>
    internal static string Few { get; } = Path.Combine(AppContext.BaseDirectory, "Few");

    internal static Task<ContentIndex> IndexAsync() => Shared.Value;

    /// <summary>Asks as the service does, by extraction.</summary>
    internal static async Task<(Question Question, Evidence Evidence, string Answer)> AskAsync(string text, Tongue? answer = null, params PastMessage[] history)
    {
        var index = await IndexAsync();
        var question = Parser.Parse(text, answer, history, index);
        var evidence = await RagProcessor.RetrieveAsync(question, index, new RetrievalOptions(), CancellationToken.None);
        return (question, evidence, string.Concat(evidence.Answer.Select(c => c.Sentence.Text + (question.Answer == Tongue.Zh ? "" : " "))));
    }

    internal static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Where(l => l.Length > 0 && l[0] != '#');

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Museum.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Museum.sln is above no parent of the tests.");
        }

        return folder;
    }

    private static async Task<ContentIndex> BuildAsync()
    {
        var content = new ContentFolder(Folder);
        var entries = await content.ReadAsync(CancellationToken.None);
        var index = new ContentIndex([.. entries.Select(e => e.Exhibit ?? throw e.Fault!)], await content.ReadHallsAsync(CancellationToken.None), "test", 2);
        await OfferedQuestions.CheckAsync(index, new RetrievalOptions(), CancellationToken.None);
        return index;
    }
}
