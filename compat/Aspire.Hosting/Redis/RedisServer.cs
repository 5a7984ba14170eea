using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Redis;

/// <summary>A snapshot after so many changed keys within the interval.</summary>
internal sealed record RedisPersistence(TimeSpan Interval, long ChangedKeys) : IResourceAnnotation
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(long)Interval.TotalSeconds} {ChangedKeys}");
}

/// <summary>Debian's redis-server with a configuration that only its owner reads: a command line would show the password to everybody.</summary>
internal static class RedisServer
{
    public static async Task<LaunchSpec> LaunchAsync(RedisResource redis, LaunchContext context)
    {
        var password = redis.PasswordParameter is null ? "" : await redis.PasswordParameter.GetValueAsync(context.CancellationToken);
        var persistence = redis.Annotations.OfType<RedisPersistence>().LastOrDefault();
        var port = redis.PrimaryEndpoint.EndpointAnnotation.ReplicaPorts[0];
        var configuration = Path.Combine(context.Folder, "redis.conf");

        // The minus: an IPv6 loopback that a machine lacks is no fault.
        PrivateFile.Write(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1 -::1
            port {port}
            dir {Quote(context.Folder)}
            requirepass {Quote(password ?? "")}
            save {persistence?.ToString() ?? "\"\""}
            daemonize no
            logfile ""

            """));
        return new LaunchSpec("redis-server", [configuration], context.Folder, "Install it: apt-get install redis-server");
    }

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
