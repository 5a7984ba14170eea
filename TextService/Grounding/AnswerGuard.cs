using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.TextService.Generation;

namespace Museum.TextService.Grounding;

/// <summary>
/// Stands between a model and the visitor:
/// <code>
/// 1 a sentence is held until it is whole: half of one is never said
/// 2 each is held against the texts; what they do not bear out is struck, hedged or marked
/// 3 when the model breaks off, or something was struck, the curators' own sentences complete the answer with what was not said yet
/// </code>
/// What extraction writes is the curators' own and passes as it is.
/// </summary>
internal sealed partial class AnswerGuard(IOptionsMonitor<GroundingOptions> options, IOptionsMonitor<PersonaOptions> persona, ILogger<AnswerGuard> logger)
{
    public async IAsyncEnumerable<Piece> WatchAsync(Turn turn, IAsyncEnumerable<Piece> pieces, [EnumeratorCancellation] CancellationToken ct)
    {
        var held = new HeldAnswer(turn, options.CurrentValue.UnprovenFacts, persona.CurrentValue);
        await using var source = pieces.GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await source.MoveNextAsync())
                {
                    break;
                }
            }
            catch (CompositionException e)
            {
                LogBrokenOff(logger, e);
                held.BreakOff();
                break;
            }

            foreach (var piece in held.Take(source.Current))
            {
                yield return piece;
            }
        }

        foreach (var piece in held.Finish())
        {
            yield return piece;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A model broke off; the curators' own sentences complete the answer")]
    private static partial void LogBrokenOff(ILogger logger, Exception exception);
}
