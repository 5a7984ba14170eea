// An application for the tests of compat/Aspire.Hosting.
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Museum.AppHost.Running;

var builder = DistributedApplication.CreateBuilder(args);
var redis = builder.AddRedis("redis").WithDataVolume();
var messaging = builder.Configuration.GetValue("Messaging", true) ? builder.AddRabbitMQ("messaging") : null;
var key = builder.AddParameter("some-key", () => builder.Configuration["Parameters:some-key"] ?? "", secret: true);

var inner = builder.AddProject<Projects.Echo>("inner")
    .WithEndpoint("http", e => e.Port = null)
    .WithEndpoint("grpc", e => e.Port = null)
    .WithHttpHealthCheck("/health/ready", endpointName: "http")
    .WithReplicas(builder.Configuration.GetValue("Replicas:inner", 1));

var outer = builder.AddProject<Projects.Echo>("outer")
    .WithEndpoint("http", e => e.Port = builder.Configuration.GetValue<int?>("Port"))
    .WithEndpoint("grpc", e => e.Port = null)
    .WithHttpHealthCheck("/health/ready", endpointName: "http")
    .WithExternalHttpEndpoints()
    .WithReference(redis)
    .WithReference(inner)
    .WithEnvironment("SOME_KEY", key)
    .WithReplicas(builder.Configuration.GetValue("Replicas:outer", 1));

if (messaging is not null)
{
    outer.WithReference(messaging);
}

builder.RestartWhatExits();
builder.AnnounceReadiness("Sample", () => outer.GetEndpoint("http").Url, Console.Out);
builder.Build().Run();
