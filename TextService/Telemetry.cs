using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.TextService.Conversation;
using Museum.TextService.Language;
using Museum.TextService.Questions;

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

    public static void Record(Activity? activity, Question question, AnswerRecord answer, TurnTiming timing)
    {
        var language = question.Answer.Code();
        TagList tags = [new("language", language), new("composer", answer.Composer), new("grounded", answer.Grounded)];
        FirstText.Record(timing.FirstTextMs / 1000, tags);
        Answers.Add(1, tags);
        activity?.SetTag("museum.language", language).SetTag("museum.composer", answer.Composer).SetTag("museum.grounded", answer.Grounded)
            .SetTag("museum.question_kind", question.Kind.ToString()).SetTag("museum.sentences", answer.Sentences);
    }
}
