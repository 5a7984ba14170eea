using Museum.TestKit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Museum.ServiceDefaults.Tests.Messaging;

/// <summary>Looks at the broker with the plain client, so that what is seen is not what MassTransit thinks.</summary>
internal static class AmqpProbe
{
    public const int NotFound = 404;
    public const int Locked = 405;
    public const int Different = 406;

    /// <returns>The broker's answer to a command: 0 when it was done, else the AMQP reply code that closed the channel.</returns>
    public static async Task<int> AskAsync(this RabbitMqServer broker, Func<IChannel, Task> command)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync().SoonAsync();
        await using var channel = await connection.CreateChannelAsync().SoonAsync();
        try
        {
            await command(channel).SoonAsync();
            return 0;
        }
        catch (OperationInterruptedException e)
        {
            return e.ShutdownReason!.ReplyCode;
        }
    }

    public static Task<int> FindQueueAsync(this RabbitMqServer broker, string name) => broker.AskAsync(c => c.QueueDeclarePassiveAsync(name));

    public static Task<int> FindExchangeAsync(this RabbitMqServer broker, string name) => broker.AskAsync(c => c.ExchangeDeclarePassiveAsync(name));

    public static async Task<uint> CountAsync(this RabbitMqServer broker, string queue)
    {
        var count = 0u;
        await broker.AskAsync(async c => count = await c.MessageCountAsync(queue));
        return count;
    }

    public static async Task<uint> ConsumersAsync(this RabbitMqServer broker, string queue)
    {
        var count = 0u;
        await broker.AskAsync(async c => count = await c.ConsumerCountAsync(queue));
        return count;
    }
}
