namespace Museum.TextService.Generation;

/// <summary>For callers that offer no functions.</summary>
internal sealed class NoFunctions : IFunctionResults
{
    public static NoFunctions Instance { get; } = new();

    public Task<FunctionOutcome> WaitAsync(string callId, CancellationToken ct) =>
        Task.FromResult(new FunctionOutcome(false, "\"this client carries out no functions\""));
}
