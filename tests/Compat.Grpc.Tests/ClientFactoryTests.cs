using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class ClientFactoryTests : IAsyncLifetime
{
    private EchoHost _host = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(map: app => app.MapGrpcService<TellingService>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_typed_client_comes_from_the_container()
    {
        await using var services = Services(out _);

        Assert.Equal("", (await AskAsync(services.GetRequiredService<Echo.EchoClient>())).Text);
        Assert.Equal("", (await AskAsync(services.GetRequiredService<GrpcClientFactory>().CreateClient<Echo.EchoClient>("EchoClient"))).Text);
    }

    [Fact]
    public async Task Call_credentials_add_headers_to_each_call_of_a_scope()
    {
        await using var services = Services(
            out _,
            client => client
                .ConfigureChannel(channel => channel.UnsafeUseInsecureChannelCallCredentials = true)
                .AddCallCredentials((context, metadata, provider) =>
                {
                    metadata.Add("authorization", $"{provider.GetRequiredService<Ticket>().Number} {context.MethodName} {context.ServiceUrl}");
                    return Task.CompletedTask;
                }),
            collection => collection.AddScoped<Ticket>());
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Ticket>().Number = "7";

        var reply = await AskAsync(scope.ServiceProvider.GetRequiredService<Echo.EchoClient>());

        Assert.Equal($"7 Once {_host.Address}/museum.test.v1.Echo", reply.Text);
    }

    [Fact]
    public async Task Call_credentials_stay_at_home_without_tls_unless_the_channel_allows_it()
    {
        await using var services = Services(out _, client => client.AddCallCredentials((_, metadata) =>
        {
            metadata.Add("authorization", "secret");
            return Task.CompletedTask;
        }));

        Assert.Equal("", (await AskAsync(services.GetRequiredService<Echo.EchoClient>())).Text);
    }

    [Fact]
    public async Task Interceptors_live_with_the_channel_or_with_the_client()
    {
        await using var services = Services(
            out var builder,
            client => client.AddInterceptor<Counting>().AddInterceptor<Counting>(InterceptorScope.Client),
            collection => collection.AddTransient<Counting>());
        Counting.Made = 0;

        await AskAsync(services.GetRequiredService<Echo.EchoClient>());
        await AskAsync(services.GetRequiredService<Echo.EchoClient>());

        Assert.Equal(3, Counting.Made);
        Assert.Equal("EchoClient", builder.Name);
    }

    [Fact]
    public void Two_types_cannot_share_a_name()
    {
        var services = new ServiceCollection();
        services.AddGrpcClient<Echo.EchoClient>("echo", _ => { });

        Assert.Throws<InvalidOperationException>(() => services.AddGrpcClient<Grpc.Health.V1.Health.HealthClient>("echo", _ => { }));
    }

    [Fact]
    public void A_client_without_address_says_so()
    {
        using var services = new ServiceCollection().AddGrpcClient<Echo.EchoClient>().Services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<Echo.EchoClient>());
        Assert.Contains("address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ordinary_http_client_takes_no_grpc_settings() => Assert.Throws<InvalidOperationException>(
        () => new ServiceCollection().AddHttpClient("plain").AddInterceptor(() => new Counting()));

    private static Task<EchoReply> AskAsync(Echo.EchoClient client) => client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync();

    private ServiceProvider Services(
        out IHttpClientBuilder builder, Action<IHttpClientBuilder>? configure = null, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        builder = services.AddGrpcClient<Echo.EchoClient>(options => options.Address = new Uri(_host.Address));
        configure?.Invoke(builder);
        add?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class Ticket
    {
        public string Number { get; set; } = "";
    }

    private sealed class Counting : Interceptor
    {
        public Counting() => Made++;

        public static int Made { get; set; }
    }

    private sealed class TellingService : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Text = context.RequestHeaders.GetValue("authorization") ?? "" });
    }
}
