using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.DashScope;

/// <summary>One WebSocket to DashScope. It carries one task after another; after a task that did not finish it is good for nothing.</summary>
internal sealed class DashScopeConnection : IAsyncDisposable
{
    public static readonly RemoteService Service = new("DashScope", "dashscope", "DashScope:Key");

    private readonly RemoteSocket socket;

    private DashScopeConnection(RemoteSocket socket) => this.socket = socket;

    /// <summary>It has waited for its next task, and the service may have closed it meanwhile, which only its use can tell.</summary>
    public bool IsWarm { get; set; }

    public bool IsOpen => socket.IsOpen;

    public static async Task<DashScopeConnection> OpenAsync(DashScopeOptions options, CancellationToken ct)
    {
        if (options.Key.Length == 0)
        {
            throw Service.NoKey();
        }

        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {options.Key}" };
        if (options.Workspace.Length > 0)
        {
            headers["X-DashScope-WorkSpace"] = options.Workspace;
        }

        if (options.DataInspection)
        {
            headers["X-DashScope-DataInspection"] = "enable";
        }

        try
        {
            return new DashScopeConnection(await RemoteSocket.OpenAsync(Service, new Uri(options.Url), headers, options.ConnectTimeout, ct));
        }
        catch (HandshakeRefusedException e)
        {
            throw Service.Refused(e.Status, e.RetryAfter);
        }
    }

    public Task SendAsync(string action, string task, object payload, CancellationToken ct) =>
        socket.SendAsync(DashScopeFrame.Compose(action, task, payload), ct);

    public Task SendAsync(ReadOnlyMemory<byte> sound, CancellationToken ct) => socket.SendAsync(sound, ct);

    /// <summary>The task's next event, or sound. Throws what a <c>task-failed</c> says.</summary>
    public async Task<(DashScopeFrame? Event, ReadOnlyMemory<byte> Sound)> ReceiveAsync(string task, CancellationToken ct)
    {
        while (true)
        {
            var (kind, body) = await socket.ReceiveAsync(ct);
            if (kind == WebSocketMessageType.Binary)
            {
                return (null, body);
            }

            var frame = DashScopeFrame.Parse(body.Span) ?? throw Service.BrokeOff();
            if (frame.Header.TaskId != task)
            {
                continue;
            }

            return frame.Header.Event == "task-failed" ? throw Failure(frame.Header) : (frame, default);
        }
    }

    public async ValueTask DisposeAsync() => await socket.CloseAsync();

    /// <summary>At once, and without a word: for a task that is given up.</summary>
    public void HangUp() => socket.Dispose();

    // Codes: https://help.aliyun.com/zh/model-studio/error-code
    private static MuseumException Failure(DashScopeHeader header) => header.ErrorCode switch
    {
        { } code when code.StartsWith("Throttling", StringComparison.OrdinalIgnoreCase) => Service.Throttled(),
        "InvalidApiKey" or "AccessDenied" => Service.KeyRefused(),
        var code => Service.Failed(code ?? "no reason given"),
    };
}

/// <summary>The pool's connections.</summary>
internal sealed class DashScopeDial(IOptionsMonitor<DashScopeOptions> options) : IPooledResources<DashScopeConnection>
{
    public Task<DashScopeConnection> CreateAsync(CancellationToken cancellationToken) => DashScopeConnection.OpenAsync(options.CurrentValue, cancellationToken);

    public bool IsUsable(DashScopeConnection resource) => resource.IsOpen;

    public ValueTask DestroyAsync(DashScopeConnection resource) => resource.DisposeAsync();
}
