using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>Healthy when the broker takes the user's name and password and opens a connection.</summary>
internal sealed class RabbitMQHealthCheck(RabbitMQServerResource rabbit) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            var user = await rabbit.UserNameReference.GetValueAsync(deadline.Token);
            var password = await rabbit.PasswordParameter.GetValueAsync(deadline.Token);
            using var client = new TcpClient();
            await client.ConnectAsync(rabbit.PrimaryEndpoint.Host, rabbit.PrimaryEndpoint.Port, deadline.Token);
            await new AmqpHandshake(client.GetStream()).OpenAndCloseAsync(user!, password!, deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy($"RabbitMQ is not reachable: {fault.Message}");
        }
    }
}
