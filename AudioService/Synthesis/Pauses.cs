using Museum.Contracts.Speech;

namespace Museum.AudioService.Synthesis;

/// <summary>Which phones are silence: flite's <c>pau</c>, and what espeak-ng writes with an underscore.</summary>
internal static class Pauses
{
    public static bool Is(TimedPhone phone) => phone.Symbol is "pau" or "h#" or "brth" || phone.Symbol.StartsWith('_');
}
