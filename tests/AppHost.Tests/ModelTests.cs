using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Museum.AppHost.Tests;

/// <summary>What the AppHost describes, without starting it.</summary>
public sealed class ModelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_suite_consists_of_six_services_two_servers_and_the_parameters_of_the_language_model_and_the_record_store()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>().WaitAsync(Patience);
        Assert.Equal(["audioservice", "avatarservice", "gateway", "sessionservice", "textservice", "voicecallservice"], Names<ProjectResource>(builder));
        Assert.Equal(["messaging", "redis"], Names<ContainerResource>(builder));
        Assert.Equal(["llm-api-key", "llm-base-url", "llm-model", "postgres"], Names<ParameterResource>(builder));
    }

    [Fact]
    public async Task Every_service_has_an_http_endpoint_a_grpc_endpoint_and_a_health_check()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>().WaitAsync(Patience);
        Assert.All(builder.Resources.OfType<ProjectResource>(), service =>
        {
            Assert.Equal("http", service.GetEndpoint("http").EndpointAnnotation.Transport);
            Assert.Equal("http2", service.GetEndpoint("grpc").EndpointAnnotation.Transport);
            Assert.Equal($"{service.Name}_http_/health/ready_200_check", Assert.Single(service.Annotations.OfType<HealthCheckAnnotation>()).Key);
        });
    }

    [Fact]
    public async Task Only_the_gateway_is_open_to_the_world_at_the_address_that_was_asked_for()
    {
        await using var builder = await DistributedApplicationTestingBuilder
            .CreateAsync<Projects.AppHost>(["--Museum:Host=0.0.0.0", "--Museum:Port=9000"]).WaitAsync(Patience);
        var open = builder.Resources.OfType<ProjectResource>()
            .SelectMany(s => s.GetEndpoints().Where(e => e.EndpointAnnotation.IsExternal).Select(e => (s.Name, e.EndpointName, e.EndpointAnnotation.TargetHost, e.EndpointAnnotation.Port)));
        Assert.Equal([("gateway", "grpc", "0.0.0.0", 9200), ("gateway", "http", "0.0.0.0", 9000)], open.Order());
    }

    [Fact]
    public async Task With_https_nothing_but_https_is_open_to_the_world()
    {
        await using var builder = await DistributedApplicationTestingBuilder
            .CreateAsync<Projects.AppHost>(["--Museum:Host=0.0.0.0", "--Museum:Https=true"]).WaitAsync(Patience);
        var gateway = builder.Resources.OfType<ProjectResource>().Single(s => s.Name == "gateway");
        Assert.Equal(["https"], gateway.GetEndpoints().Where(e => e.EndpointAnnotation.IsExternal).Select(e => e.EndpointName));
        Assert.NotEqual("0.0.0.0", gateway.GetEndpoint("grpc").EndpointAnnotation.TargetHost);
    }

    [Fact]
    public async Task Replicas_come_from_configuration()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Museum:Replicas:textservice=3"]).WaitAsync(Patience);
        Assert.Equal(3, builder.Resources.Single(r => r.Name == "textservice").GetReplicaCount());
        Assert.Equal(1, builder.Resources.Single(r => r.Name == "gateway").GetReplicaCount());
    }

    private static IEnumerable<string> Names<T>(IDistributedApplicationTestingBuilder builder)
        where T : IResource => builder.Resources.OfType<T>().Select(r => r.Name).Order(StringComparer.Ordinal);
}
