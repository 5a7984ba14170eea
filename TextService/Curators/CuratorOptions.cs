using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Curators;

/// <summary>Section <c>Curators</c>.</summary>
internal sealed class CuratorOptions
{
    public const string Section = "Curators";

    [Setting("Whoever sent a draft to review may not publish it; another curator has to.", Live = true)]
    public bool SecondCurator { get; init; }
}
