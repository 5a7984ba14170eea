using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Errors;

/// <summary><c>errors_total</c> to Prometheus, by category and code; codes are constants of the house, never a caller's words.</summary>
public sealed class ErrorMetrics(IMeterFactory meters)
{
    public const string MeterName = "Museum.Errors";

    private readonly Counter<long> errors = meters.Create(MeterName).CreateCounter<long>("errors", "{error}", "Failures answered or met, by category and code.");

    public void Count(ErrorInfo error) => errors.Add(
        1,
        new("category", error.Category.ToString().ToLowerInvariant()),
        new("code", error.Code));
}
