using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Errors;

/// <summary>
/// <c>errors</c> (Prometheus: <c>errors_total</c>), by category and code. A failure is counted once, where it is told to whoever asked:
/// in problem details, a gRPC status, the protocol's ERROR or a SentenceFailed.
/// Codes are constants of the house, never a caller's words.
/// </summary>
public sealed class ErrorMetrics(IMeterFactory meters)
{
    public const string MeterName = "Museum.Errors";

    private readonly Counter<long> errors = meters.Create(MeterName).CreateCounter<long>("errors", "{error}", "Failures that were answered, by category and code.");

    public void Count(ErrorInfo error) => Count(error.CategoryName, error.Code);

    public void Count(ErrorCategory category, string code) => Count(category.ToString().ToLowerInvariant(), code);

    internal void Count(string category, string code) => errors.Add(1, new("category", category), new("code", code));
}
