using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Language;

namespace Museum.TextService;

/// <summary>This service's spans and measures. Never a visitor's words.</summary>
internal static class Telemetry
{
    public const string Name = "Museum.TextService";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> FirstText = Meter.CreateHistogram(
        "museum.text.first_text", "s", "From a question's arrival to the first text of its answer.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("museum.text.answers", "{answer}", "Answers by language, composer and whether the content gave them.");

    public static void Record(Activity? activity, Turn turn, AnswerWriter writing, bool grounded, TurnTiming timing)
    {
        var language = turn.Question.Answer.Code();
        TagList tags = [new("language", language), new("composer", writing.Composer), new("grounded", grounded)];
        FirstText.Record(timing.FirstTextMs / 1000, tags);
        Answers.Add(1, tags);
        activity?.SetTag("museum.language", language).SetTag("museum.composer", writing.Composer).SetTag("museum.grounded", grounded)
            .SetTag("museum.question_kind", turn.Question.Kind.ToString()).SetTag("museum.sentences", writing.Count);
    }
}
