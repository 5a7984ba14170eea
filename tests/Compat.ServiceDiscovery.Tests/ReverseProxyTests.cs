using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;
using Yarp.ReverseProxy.Configuration;

namespace Museum.DiscoveryTests;

public sealed class ReverseProxyTests
{
    [Fact]
    public async Task A_destination_that_names_a_service_becomes_all_its_addresses_and_follows_changes()
    {
        await using var a = await NamedServer.StartAsync("a");
        await using var b = await NamedServer.StartAsync("b");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration["services:text:http:0"] = a.Address;
        builder.Configuration["services:text:http:1"] = b.Address;
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(
                [new RouteConfig { RouteId = "text", ClusterId = "text", Match = new RouteMatch { Path = "/{**rest}" } }],
                [
                    new ClusterConfig
                    {
                        ClusterId = "text",
                        LoadBalancingPolicy = "RoundRobin",
                        Destinations = new Dictionary<string, DestinationConfig> { ["text"] = new() { Address = "http://text" } },
                    },
                ])
            .AddServiceDiscoveryDestinationResolver();
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(["a /x", "b /x"], (await AskAsync()).Order());

        builder.Configuration["services:text:http:0"] = b.Address;
        builder.Configuration["services:text:http:1"] = b.Address;
        ((IConfigurationRoot)builder.Configuration).Reload();
        await Eventually.TrueAsync(async () => (await AskAsync()).All(answer => answer == "b /x"));

        async Task<string[]> AskAsync() =>
            [await client.GetStringAsync(new Uri("/x", UriKind.Relative)), await client.GetStringAsync(new Uri("/x", UriKind.Relative))];
    }
}
