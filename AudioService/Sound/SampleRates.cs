using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Sound;

/// <summary>The rates that sound goes out at. A handful, because each pair of rates has a filter of its own.</summary>
internal static class SampleRates
{
    public const int Default = 16_000;

    public static IReadOnlyList<int> Allowed { get; } = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    /// <summary>Throws <see cref="ClientException"/> for any other.</summary>
    public static int Check(int sampleRate) => Allowed.Contains(sampleRate)
        ? sampleRate
        : throw new ClientException("sample_rate_unsupported", $"The sample rate {sampleRate} is not one of {string.Join(", ", Allowed)}.");
}
