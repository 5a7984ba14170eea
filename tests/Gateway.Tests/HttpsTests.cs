using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;
using Museum.Text.V1;

namespace Museum.Gateway.Tests;

/// <summary>The endpoint that the AppHost adds by its settings: a phone gives a page the microphone only over HTTPS.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("museum-https-").FullName;
    private readonly int port = FreePorts.Take(1)[0];
    private string? thumbprint;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Requests_sockets_and_grpc_pass_over_one_https_endpoint()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("textservice", app => app.MapGrpcService<EmptyGuide>()), new("voicecallservice")], Settings());
        using var trusting = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOurs } };
        using var client = new HttpClient(trusting) { BaseAddress = new Uri($"https://localhost:{port}") };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/status")).StatusCode);

        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = IsOurs;
        await socket.ConnectAsync(new Uri($"wss://localhost:{port}/ws/text/stream"), CancellationToken.None).SoonAsync();
        Assert.Equal(WebSocketState.Open, socket.State);

        using var channel = GrpcChannel.ForAddress(client.BaseAddress, new GrpcChannelOptions { HttpHandler = trusting });
        var answer = await new Guide.GuideClient(channel).RetrieveAsync(
            new RetrieveRequest { Query = "x" }, new Metadata { { "authorization", "Bearer " + gateway.Issuer.Token() } }, DateTime.UtcNow + Eventually.DefaultTimeout);
        Assert.NotNull(answer);
    }

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == thumbprint;

    private Dictionary<string, string> Settings()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        thumbprint = certificate.Thumbprint;
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return new()
        {
            ["Kestrel:Endpoints:https:Url"] = $"https://localhost:{port}",
            ["Kestrel:Endpoints:https:Certificate:Path"] = Path.Combine(folder, "cert.pem"),
            ["Kestrel:Endpoints:https:Certificate:KeyPath"] = Path.Combine(folder, "key.pem"),
        };
    }

    private sealed class EmptyGuide : Guide.GuideBase
    {
        public override Task<RetrieveResponse> Retrieve(RetrieveRequest request, ServerCallContext context) => Task.FromResult(new RetrieveResponse());
    }
}
