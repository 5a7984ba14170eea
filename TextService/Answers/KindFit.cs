using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>How well a sentence's form fits the kind of answer wanted, 0–1.</summary>
internal static class KindFit
{
    /// <summary>These kinds want something that is there or not: without a year there is no "when".</summary>
    public static bool IsStrict(QuestionKind kind) =>
        kind is QuestionKind.When or QuestionKind.WhenMade or QuestionKind.Size or QuestionKind.Weight or QuestionKind.Count or QuestionKind.Price or QuestionKind.Age or QuestionKind.Duration;

    /// <summary>These ask for what an exhibit's data hold: who names or describes it asks for nothing else.</summary>
    public static bool IsOfTheExhibit(QuestionKind kind) =>
        kind is QuestionKind.WhoMade or QuestionKind.WhenMade or QuestionKind.Material or QuestionKind.Size or QuestionKind.Weight or QuestionKind.WhereNow or QuestionKind.WhereFound;

    public static double Of(QuestionKind kind, IndexedSentence s) => kind switch
    {
        QuestionKind.WhoMade => First(s, (Traits.TheMaker | Traits.Made | Traits.Title, 1), (Traits.TheMaker | Traits.Made, 0.9), (Traits.TheMaker, 0.6), (Traits.Made | Traits.Person, 0.5), (Traits.Person, 0.3)),
        QuestionKind.Who => First(s, (Traits.Person, 0.9)) * 0.6 + 0.36,
        QuestionKind.WhenMade => First(s, (Traits.TheDate | Traits.Made | Traits.Year, 1), (Traits.TheDate | Traits.Year, 0.8), (Traits.Year | Traits.Made, 0.75), (Traits.Year, 0.4), (Traits.TheDate, 0.4)),
        QuestionKind.When => First(s, (Traits.Year, 1)),
        QuestionKind.WhereNow => First(s, (Traits.TheHome | Traits.Kept, 1), (Traits.TheHome, 0.7), (Traits.Kept | Traits.Place, 0.5), (Traits.Place, 0.2)),
        QuestionKind.WhereFound => First(s, (Traits.TheFinding | Traits.Found, 1), (Traits.Found | Traits.Place, 0.9), (Traits.TheFinding, 0.5), (Traits.Place, 0.2)),
        QuestionKind.WhereMade => First(s, (Traits.TheFinding | Traits.Made, 1), (Traits.Origin | Traits.Place, 0.9), (Traits.Made | Traits.Place, 0.7), (Traits.TheFinding, 0.6), (Traits.Place, 0.3)),
        QuestionKind.Where => First(s, (Traits.Place, 0.8)),
        QuestionKind.Material => First(s, (Traits.TheMaterial | Traits.Made, 1), (Traits.TheMaterial, 0.8), (Traits.Material | Traits.Made, 0.7), (Traits.Material, 0.5)),
        QuestionKind.Size => First(s, (Traits.TheSize | Traits.Measure, 1), (Traits.Measure, 0.8)),
        QuestionKind.Weight => First(s, (Traits.Weight, 1)),
        QuestionKind.Count => First(s, (Traits.Several, 0.8), (Traits.Number, 0.6)),
        QuestionKind.Price => First(s, (Traits.Money | Traits.Number, 1), (Traits.Money, 0.6)),
        QuestionKind.Age => First(s, (Traits.Age, 1)),
        QuestionKind.Duration => First(s, (Traits.Duration, 1), (Traits.Year, 0.4)),
        QuestionKind.Why => First(s, (Traits.Reason, 1), (Traits.WeakReason, 0.6)) * 0.8 + 0.2,
        QuestionKind.Meaning => Math.Min(1, First(s, (Traits.StrongMeaning, 0.8), (Traits.Meaning, 0.5)) + (s.Section == 2 ? 0.2 : 0)),
        QuestionKind.How => First(s, (Traits.StrongMethod, 1), (Traits.Method, 0.5)) * 0.7 + 0.3,
        QuestionKind.Overview => s.Section == 0 ? 1 - 0.1 * s.Position : 0.2,
        _ => 0.5,
    };

    private static double First(IndexedSentence s, params ReadOnlySpan<(Traits Traits, double Fit)> rules)
    {
        foreach (var (traits, fit) in rules)
        {
            if (s.Has(traits))
            {
                return fit;
            }
        }

        return 0;
    }
}
