using System.Reflection;

namespace Museum.AudioService.Vocabulary;

/// <summary>How visitors ask, whatever the museum: the lines of QuestionPatterns.txt, written out for the titles and makers of the content.</summary>
internal static class QuestionPatterns
{
    private const string Title = "{title}";
    private const string Maker = "{maker}";

    private static readonly string[][] Lines = Read();

    /// <summary>What visitors say that names nothing: "who made it", "tell me more".</summary>
    public static IEnumerable<string[]> Plain => Lines.Where(line => !line.Contains(Title) && !line.Contains(Maker));

    public static IEnumerable<string[]> AboutTitle(string[] title) =>
        Lines.Where(line => line.Contains(Title) && !line.Contains(Maker)).Select(line => Fill(line, title, []));

    public static IEnumerable<string[]> AboutMaker(string[] maker) =>
        Lines.Where(line => line.Contains(Maker) && !line.Contains(Title)).Select(line => Fill(line, [], maker));

    private static string[] Fill(string[] line, string[] title, string[] maker) =>
        [.. line.SelectMany(word => word switch { Title => title, Maker => maker, _ => [word] })];

    private static string[][] Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("QuestionPatterns.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' '))];
    }
}
