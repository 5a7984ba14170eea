using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Healthy when the server takes the password and answers PING.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            var password = redis.PasswordParameter is null ? null : await redis.PasswordParameter.GetValueAsync(deadline.Token);
            using var client = new TcpClient();
            await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, deadline.Token);
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            if (password is not null && await AskAsync(stream, reader, ["AUTH", password], deadline.Token) is not "+OK" and var refusal)
            {
                return HealthCheckResult.Unhealthy($"Redis refused the password: {refusal}");
            }

            return await AskAsync(stream, reader, ["PING"], deadline.Token) is "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Redis does not answer PING yet.");
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy($"Redis is not reachable: {fault.Message}");
        }
    }

    // *2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n
    private static async Task<string?> AskAsync(NetworkStream stream, StreamReader reader, string[] words, CancellationToken ct)
    {
        var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), ct);
        return await reader.ReadLineAsync(ct);
    }
}
