using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Curators;

/// <summary>Section <c>Curators</c>.</summary>
internal sealed class CuratorOptions
{
    public const string Section = "Curators";

    [Setting("Whoever wrote a draft or sent it to review may not publish it; another curator has to.", Live = true)]
    public bool SecondCurator { get; init; }

    /// <summary>Asked by every way to the visitors that knows no review.</summary>
    /// <exception cref="ClientException">403: a second curator is needed.</exception>
    public void CheckAlone()
    {
        if (SecondCurator)
        {
            throw new ClientException("second_curator_needed", "Nothing goes straight to the visitors here: make it a draft, which another curator publishes (Curators:SecondCurator).", 403);
        }
    }
}
