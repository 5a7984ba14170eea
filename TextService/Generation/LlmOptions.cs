using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Generation;

/// <summary>
/// Section <c>Llm</c>: the endpoint that is asked first, and those after it. When none can be asked or all fail, the guide answers by extraction.
/// </summary>
internal sealed class LlmOptions : LlmEndpoint
{
    public const string Section = "Llm";

    /// <summary>In the order of their names. Which there are is read at the start; what each is like may change while the service runs.</summary>
    public Dictionary<string, LlmEndpoint> Fallbacks { get; init; } = [];

    [Setting("How long a client may take to carry out a function.", Live = true)]
    [Range(1, 60)]
    public double FunctionSeconds { get; init; } = 10;

    public bool IsConfigured => First is not null;

    /// <summary>The best that is configured; null: none.</summary>
    public LlmEndpoint? First => CanBeAsked ? this : Fallbacks.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value).FirstOrDefault(f => f.CanBeAsked);
}
