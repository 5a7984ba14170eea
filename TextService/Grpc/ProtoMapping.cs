using Museum.Text.V1;
using Museum.TextService.Content;
using Museum.TextService.Conversation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Scene = Museum.TextService.Questions.Scene;
using Source = Museum.TextService.Answers.Source;
using Tour = Museum.TextService.Tours.Tour;

namespace Museum.TextService.Grpc;

/// <summary>Between text.proto and the domain.</summary>
internal static class ProtoMapping
{
    private const int LongestPersona = 2_000;

    public static TurnRequest ToTurn(ConverseStart start, string session, Task confirmed) => new()
    {
        Session = session,
        Turn = start.TurnId,
        Text = start.Text,
        Language = Tongues.Parse(start.Language),
        LanguageIsHabit = true,
        Retrieval = start.EnableRetrieval,
        History = [.. start.History.TakeLast(TurnRequest.MostHistory).Select(m => new PastMessage(m.Role != Role.Guide, m.Text))],
        Functions = start.FunctionsJson,
        Role = Shortened(start.RoleDescription),
        Requirements = Shortened(start.ResponseRequirements),
        SceneDescription = Shortened(start.SceneDescription),
        Scene = start.Scene is { } scene ? ToScene(scene) : null,
        Confirmed = start.Speculative ? confirmed : Task.CompletedTask,
    };

    public static Scene ToScene(Museum.Text.V1.Scene scene) => new()
    {
        Hall = scene.Hall,
        Exhibit = scene.ExhibitId,
        Name = Shortened(scene.Name, Scene.LongestName),
        Keywords = [.. scene.Keywords.Take(Scene.MostKeywords).Select(k => Shortened(k, Scene.LongestName))],
        Prompt = Shortened(scene.Prompt, Scene.LongestPrompt),
    };

    public static ConverseResponse ToProto(AnswerPart part) => part switch
    {
        AnswerPart.Delta d => new() { Delta = new TextDelta { Text = d.Text, Sequence = d.Sequence } },
        AnswerPart.Sentence s => new() { Sentence = new Sentence { Text = s.Text, Sequence = s.Sequence, Language = s.Tongue.Code(), SourceIds = { s.SourceIds }, Unsupported = s.IsUnsupported } },
        AnswerPart.Sources s => new() { Sources = new Sources { Exhibits = { s.Exhibits.Select(ToProto) } } },
        AnswerPart.Visit v => new() { Tour = ToProto(v.Tour) },
        AnswerPart.Suggestions s => new() { Suggestions = new Suggestions { Questions = { s.Questions } } },
        AnswerPart.Call c => new() { FunctionCall = new FunctionCall { CallId = c.Id, Name = c.Name, ArgumentsJson = c.Arguments } },
        AnswerPart.Done d => new()
        {
            Done = new Done
            {
                SentenceCount = d.Sentences,
                Grounded = d.Grounded,
                Language = d.Tongue.Code(),
                Reason = FinishReason.Complete,
                Composer = d.Composer,
                ContentVersion = d.ContentVersion,
            },
        },
        _ => throw new InvalidOperationException($"{part.GetType().Name} has no counterpart in text.proto."),
    };

    private static Museum.Text.V1.Tour ToProto(Tour tour) => new()
    {
        Hall = tour.Hall,
        SeenIds = { tour.Seen },
        Interests = { tour.Interests },
        Next = { tour.Next.Select(s => new Museum.Text.V1.Stop { ExhibitId = s.Id, Title = s.Title, Hall = s.Hall, HallName = s.HallName, Invitation = s.Invitation, Question = s.Question }) },
        Propose = tour.Propose,
    };

    public static ConverseResponse Interrupted(int sentences, string version) =>
        new() { Done = new Done { SentenceCount = sentences, Reason = FinishReason.Interrupted, ContentVersion = version } };

    public static Museum.Text.V1.Source ToProto(Source source) => new() { Id = source.Id, Title = source.Title, Quote = source.Quote, Score = source.Score, Hall = source.Hall, Passages = { source.Passages } };

    public static VocabularyResponse ToVocabulary(ContentIndex index, Tongue tongue)
    {
        IEnumerable<string> Of(Func<Exhibit, IEnumerable<string>> texts) => index.Exhibits.SelectMany(texts).Where(t => t.Length > 0).Distinct();
        var titles = Of(e => e.Aliases[tongue].Prepend(e.Title[tongue]));
        var makers = Of(e => [e.Maker[tongue]]);
        return new VocabularyResponse
        {
            ContentVersion = index.Version,
            Names = { titles.Concat(makers).Distinct() },
            Sentences = { index.Exhibits.SelectMany((e, i) => index.Sentences(i, tongue).Select(s => s.Text).Concat(e.Suggested[tongue])) },
            Titles = { titles },
            Makers = { makers },
            Materials = { Of(e => [e.Material[tongue]]) },
            Places = { Of(e => [e.Found[tongue], e.Home[tongue]]) },
            Questions = { Of(e => e.Suggested[tongue]) },
        };
    }

    private static string Shortened(string text, int longest = LongestPersona) => text.Length <= longest ? text : text[..longest];
}
