// Unary calls and streams of 100-byte messages over loopback, client and server in this process: `dotnet run -c Release [seconds]`.
using System.Globalization;
using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Museum.Benchmarks.Calls;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
await using var app = builder.Build();
app.MapGrpcService<CallsService>();
await app.StartAsync();
using var channel = GrpcChannel.ForAddress(app.Urls.Single());
var run = new CallsRun(new Calls.CallsClient(channel), TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2));
await run.WarmUpAsync();
await run.UnaryAsync(inFlight: 1);
await run.UnaryAsync(inFlight: 64);
await run.DownAsync();
await run.UpAsync();
await run.BothAsync();
