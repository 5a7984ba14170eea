using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>Section <c>EndOfTurn</c>: how much silence ends a visitor's turn; live for the calls that begin.</summary>
internal sealed class EndOfTurnOptions : IValidatableObject
{
    public const string Section = "EndOfTurn";

    [Setting("The silence after a question or a sentence that is complete in sense.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:02.5")]
    public TimeSpan Min { get; init; } = TimeSpan.FromMilliseconds(300);

    [Setting("The silence when the words tell nothing, or none have been heard.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:02.5")]
    public TimeSpan Default { get; init; } = TimeSpan.FromMilliseconds(500);

    [Setting("The silence after words that want others: an article, a preposition, a conjunction, a list.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:05")]
    public TimeSpan Unfinished { get; init; } = TimeSpan.FromMilliseconds(1_300);

    [Setting("The silence after who says \"um\": nobody waits longer for anybody.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:05")]
    public TimeSpan Max { get; init; } = TimeSpan.FromMilliseconds(2_500);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Min <= Default && Default <= Unfinished && Unfinished <= Max
        ? []
        : [new ValidationResult($"EndOfTurn:Min ({Min}), Default ({Default}), Unfinished ({Unfinished}) and Max ({Max}) must not fall in this order.", [nameof(Default)])];
}
