using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

/// <summary>
/// A real service behind the gateway: HTTP/1.1 and h2c on two ports that it keeps when it dies and is born again. It tells what reached
/// it, echoes WebSockets, and is ready or not as the test says.
/// </summary>
internal sealed class Upstream(string name, Action<WebApplication>? map = null) : IAsyncDisposable
{
    private readonly int[] ports = FreePorts.Take(2);
    private WebApplication? app;

    public string Name => name;
    public string Http => $"http://127.0.0.1:{ports[0]}";
    public string Grpc => $"http://127.0.0.1:{ports[1]}";
    public bool IsReady { get; set; } = true;
    public JsonObject Health { get; } = new() { ["status"] = "healthy", ["capabilities"] = new JsonObject() };
    public JsonObject? OpenApi { get; set; }

    /// <summary>For the one that stands for SessionService.</summary>
    public object? KeySet { get; set; }

    public async Task StartAsync()
    {
        // Empty: the gateway's own settings lie in the same folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(ports[0], o => o.Protocols = HttpProtocols.Http1);
            kestrel.ListenLocalhost(ports[1], o => o.Protocols = HttpProtocols.Http2);
        });
        app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/health/ready", () => IsReady ? Results.Ok() : Results.StatusCode(503));
        app.MapGet("/health", () => Results.Json(Health));
        app.MapGet("/openapi/v1.json", () => OpenApi is null ? Results.NotFound() : Results.Json(OpenApi));
        app.MapGet("/.well-known/jwks.json", () => KeySet is null ? Results.NotFound() : Results.Json(KeySet));
        map?.Invoke(app);
        app.Map("/{**path}", EchoAsync);
        await app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
            app = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task EchoAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoSocketAsync(context);
            return;
        }

        await context.Response.WriteAsJsonAsync(new Seen(
            name,
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await new StreamReader(context.Request.Body).ReadToEndAsync()));
    }

    /// <summary>First says which query, Authorization and ticket it was opened with, then returns every message, and the close with its code.</summary>
    private static async Task EchoSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(
            context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => !p.StartsWith("bearer.", StringComparison.Ordinal)));
        await socket.SendAsync(
            System.Text.Encoding.UTF8.GetBytes($"{context.Request.QueryString}|{context.Request.Headers.Authorization}{context.Request.Headers["Museum-Ticket"]}"), WebSocketMessageType.Text, true, context.RequestAborted);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }
}

internal sealed record Seen(string Service, string Method, string Path, string Query, Dictionary<string, string> Headers, string Body);
