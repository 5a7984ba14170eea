using StackExchange.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Redis;

/// <summary>A connection of the test's own, which has time: the store's calls give up after 500 ms.</summary>
internal static class RedisProbe
{
    public static async Task<T> RunAsync<T>(this RedisServer redis, Func<IDatabase, Task<T>> call)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString).SoonAsync();
        return await call(connection.GetDatabase()).SoonAsync();
    }
}
