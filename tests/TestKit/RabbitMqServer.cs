using System.Globalization;
using System.Security.Cryptography;

namespace Museum.TestKit;

/// <summary>
/// A private RabbitMQ with its own epmd, about 6 s to start. Use it as an xunit fixture, or start and stop it inside a test: it comes
/// back on the same ports with its durable queues.
/// </summary>
public sealed class RabbitMqServer : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("museum-rabbitmq-").FullName;
    private readonly int[] ports = FreePorts.Take(3);
    private readonly string password = RandomNumberGenerator.GetHexString(24, lowercase: true);
    private ChildServer? epmd;
    private ChildServer? server;

    /// <summary>For <c>ConnectionStrings:messaging</c>.</summary>
    public string ConnectionString => $"amqp://museum:{password}@127.0.0.1:{ports[0]}";

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync()
    {
        if (server is not null)
        {
            return;
        }

        var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[].");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rabbitmq.conf"), $"default_user = museum\ndefault_pass = {password}\nvm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 50MB\n");
        // A daemonised epmd would outlive the test.
        epmd = new ChildServer("epmd", ["-port", Text(ports[1]), "-address", "127.0.0.1"], new Dictionary<string, string> { ["HOME"] = home });
        server = new ChildServer("/usr/lib/rabbitmq/bin/rabbitmq-server", [], new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_NODENAME"] = "museum@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(ports[0]),
            ["RABBITMQ_DIST_PORT"] = Text(ports[2]),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_ALLOW_INPUT"] = "1",
            ["ERL_EPMD_PORT"] = Text(ports[1]),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        });
        await Eventually.TrueAsync(IsUp, within: StartLimit);
    }

    /// <summary>Frozen (SIGSTOP): its connections stay, and nothing answers.</summary>
    public void Freeze() => server!.Freeze();

    public void Thaw() => server!.Thaw();

    public void Stop()
    {
        server?.Dispose();
        epmd?.Dispose();
        (server, epmd) = (null, null);
    }

    public Task DisposeAsync()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private bool IsUp()
    {
        server!.ThrowIfEnded();
        return server.Said("Server startup complete");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
