using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Errors;

/// <summary><c>museum.errors</c>, counted by category and code.</summary>
public sealed class ErrorMetrics(IMeterFactory meters)
{
    public const string MeterName = "Museum.Errors";

    private readonly Counter<long> errors = meters.Create(MeterName).CreateCounter<long>("museum.errors", "{error}");

    public void Count(ErrorInfo error) => errors.Add(
        1,
        new("category", error.Category.ToString().ToLowerInvariant()),
        new("code", error.Code));
}
