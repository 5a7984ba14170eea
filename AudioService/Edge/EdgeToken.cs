using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Museum.AudioService.Edge;

/// <summary>
/// <c>Sec-MS-GEC</c>: a hash of the time, in steps of five minutes, and the client's token. The service's clock counts, so a clock that
/// goes wrong here is corrected by the <c>Date</c> of its refusal.
/// </summary>
internal sealed class EdgeToken(TimeProvider time)
{
    private const long SecondsFrom1601To1970 = 11_644_473_600;
    private const long Step = 300;

    private long skewTicks;

    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Interlocked.Read(ref skewTicks));

    public void Correct(DateTimeOffset serversClock) => Interlocked.Exchange(ref skewTicks, (serversClock - time.GetUtcNow()).Ticks);

    public string Compute(string trustedClientToken) => Compute(Now, trustedClientToken);

    public static string Compute(DateTimeOffset at, string trustedClientToken)
    {
        var seconds = at.ToUnixTimeSeconds() + SecondsFrom1601To1970;
        var ticks = (seconds - (seconds % Step)) * 10_000_000;
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ticks}{trustedClientToken}"))));
    }
}
