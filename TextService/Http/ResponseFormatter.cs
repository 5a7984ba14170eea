using System.Text;
using Museum.TextService.Conversation;
using Museum.TextService.Language;
using Museum.TextService.Tours;

namespace Museum.TextService.Http;

/// <summary>Gathers the parts of a turn into one HTTP answer.</summary>
internal static class ResponseFormatter
{
    public static async Task<ProcessResponse> GatherAsync(IAsyncEnumerable<AnswerPart> parts, string session, CancellationToken ct)
    {
        var answer = new StringBuilder();
        IReadOnlyList<SourceMessage> sources = [];
        IReadOnlyList<string> suggestions = [];
        TourMessage? tour = null;
        AnswerPart.Done? done = null;
        await foreach (var part in parts.WithCancellation(ct))
        {
            switch (part)
            {
                case AnswerPart.Delta delta:
                    answer.Append(delta.Text);
                    break;
                case AnswerPart.Sources found:
                    sources = [.. found.Exhibits.Select(s => new SourceMessage(s.Id, s.Title, s.Quote, s.Score, s.Hall, s.Passages))];
                    break;
                case AnswerPart.Visit visit:
                    tour = ToMessage(visit.Tour);
                    break;
                case AnswerPart.Suggestions suggested:
                    suggestions = suggested.Questions;
                    break;
                case AnswerPart.Done last:
                    done = last;
                    break;
            }
        }

        return new ProcessResponse
        {
            Answer = answer.ToString().Trim(),
            Language = done!.Tongue.Code(),
            Grounded = done.Grounded,
            Sources = sources,
            Suggestions = suggestions,
            Tour = tour,
            TurnId = done.Turn,
            SessionId = session,
            Composer = done.Composer,
            ContentVersion = done.ContentVersion,
            Complete = true,
            Timing = Rounded(done.Timing),
        };
    }

    private static TourMessage ToMessage(Tour tour) => new(
        tour.Hall, tour.Seen, tour.Interests, [.. tour.Next.Select(s => new StopMessage(s.Id, s.Title, s.Hall, s.HallName, s.Invitation, s.Question))], tour.Propose);

    private static TimingMessage Rounded(TurnTiming t) => new(Math.Round(t.ParsedMs, 2), Math.Round(t.RetrievedMs, 2), Math.Round(t.FirstTextMs, 2), Math.Round(t.TotalMs, 2));
}
