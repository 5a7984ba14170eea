using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>Debian's rabbitmq-server, with a port mapper, a cookie, a data folder and ports of its own: several run side by side.</summary>
internal static class RabbitMQServer
{
    // The script behind the wrapper of /usr/sbin: the wrapper wants to become the user rabbitmq, and would not hand over its process id.
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // Left to itself the VM starts a daemon that outlives it, also when the mapper is killed a moment before the VM is. Started here, the
    // mapper is in the group that ends with the server; and nobody else starts one (ERL_ZFLAGS), so it is waited for, 10 s at the most.
    private const string Script =
        "epmd -port \"$ERL_EPMD_PORT\" -address 127.0.0.1 & n=0; until epmd -names >/dev/null 2>&1 || [ $n -ge 500 ]; do n=$((n+1)); sleep 0.02; done; exec " + Program;

    public static async Task<LaunchSpec> LaunchAsync(RabbitMQServerResource rabbit, LaunchContext context)
    {
        var ct = context.CancellationToken;
        var folder = context.Folder;
        PrivateFile.CreateFolder(Path.Combine(folder, "home"));
        PrivateFile.Write(Path.Combine(folder, "enabled_plugins"), "[].\n");
        PrivateFile.Write(Path.Combine(folder, "rabbitmq.conf"), $"""
            default_user = {await rabbit.UserNameReference.GetValueAsync(ct)}
            default_pass = {await rabbit.PasswordParameter.GetValueAsync(ct)}
            log.console.level = warning
            log.connection.level = error

            """);
        string[] variables =
        [
            $"HOME={folder}/home",
            "RABBITMQ_CONF_ENV_FILE=/dev/null",
            $"RABBITMQ_CONFIG_FILE={folder}/rabbitmq.conf",
            $"RABBITMQ_ENABLED_PLUGINS_FILE={folder}/enabled_plugins",
            $"RABBITMQ_MNESIA_BASE={folder}/mnesia",
            $"RABBITMQ_LOG_BASE={folder}/log",
            $"RABBITMQ_PID_FILE={folder}/rabbitmq.pid",
            "RABBITMQ_LOGS=-",
            "RABBITMQ_NODENAME=museum@localhost",
            "RABBITMQ_NODE_IP_ADDRESS=127.0.0.1",
            Invariant($"RABBITMQ_NODE_PORT={rabbit.PrimaryEndpoint.EndpointAnnotation.ReplicaPorts[0]}"),
            Invariant($"RABBITMQ_DIST_PORT={FreePorts.Next()}"),
            "RABBITMQ_ALLOW_INPUT=1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-noinput +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
            Invariant($"ERL_EPMD_PORT={FreePorts.Next()}"),
            "ERL_EPMD_ADDRESS=127.0.0.1",
            "ERL_ZFLAGS=-start_epmd false",
        ];
        return File.Exists(Program)
            ? new LaunchSpec("env", [.. variables, "sh", "-c", Script], folder)
            : new LaunchSpec(Program, [], folder, "Install it: apt-get install rabbitmq-server");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
