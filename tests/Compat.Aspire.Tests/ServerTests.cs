using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace Compat.Aspire.Tests;

[Collection(nameof(SampleApplication))]
public sealed class ServerTests(SampleApplication sample)
{
    [Fact]
    public async Task Redis_answers_a_client_that_has_the_connection_string()
    {
        var connectionString = await sample.App.GetConnectionStringAsync("redis", Limits.Deadline);
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{connectionString},connectTimeout=60000").WaitAsync(Limits.Patience);
        await redis.GetDatabase().StringSetAsync("painter", "Rembrandt").WaitAsync(Limits.Patience);
        Assert.Equal("Rembrandt", await redis.GetDatabase().StringGetAsync("painter").WaitAsync(Limits.Patience));
    }

    [Fact]
    public async Task Redis_refuses_a_client_without_the_password()
    {
        var connectionString = await sample.App.GetConnectionStringAsync("redis", Limits.Deadline);
        var withoutPassword = connectionString!.Split(',')[0];
        await Assert.ThrowsAnyAsync<RedisException>(() => ConnectionMultiplexer.ConnectAsync(withoutPassword).WaitAsync(Limits.Patience));
    }

    [Fact]
    public async Task RabbitMQ_carries_a_message_for_a_client_that_has_the_connection_string()
    {
        var connectionString = await sample.App.GetConnectionStringAsync("messaging", Limits.Deadline);
        var factory = new ConnectionFactory { Uri = new Uri(connectionString!) };
        await using var connection = await factory.CreateConnectionAsync(Limits.Deadline);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Limits.Deadline);
        var queue = await channel.QueueDeclareAsync(cancellationToken: Limits.Deadline);
        await channel.BasicPublishAsync("", queue.QueueName, "Who painted it?"u8.ToArray(), Limits.Deadline);

        BasicGetResult? message = null;
        await Eventually.TrueAsync(async () => (message = await channel.BasicGetAsync(queue.QueueName, autoAck: true, Limits.Deadline)) is not null);
        Assert.Equal("Who painted it?"u8.ToArray(), message!.Body.ToArray());
    }

    [Fact]
    public async Task RabbitMQ_refuses_a_wrong_password()
    {
        var endpoint = sample.App.GetEndpoint("messaging", "tcp");
        var factory = new ConnectionFactory { HostName = endpoint.Host, Port = endpoint.Port, UserName = "guest", Password = "guest" };
        await Assert.ThrowsAnyAsync<Exception>(() => factory.CreateConnectionAsync(Limits.Deadline));
    }
}
