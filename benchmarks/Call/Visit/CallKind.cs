namespace Museum.Benchmarks.Call.Visit;

/// <summary>Where somebody calls from.</summary>
internal enum CallKind
{
    QuietRoom,
    LoudHall,
    PoorNetwork,
}
