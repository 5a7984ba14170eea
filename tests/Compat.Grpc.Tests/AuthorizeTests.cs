using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class AuthorizeTests : IAsyncLifetime
{
    private EchoHost _host = null!;
    private EndpointDataSource _endpoints = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(
        services: services =>
        {
            services.AddAuthentication("role").AddScheme<AuthenticationSchemeOptions, RoleHeader>("role", null);
            services.AddAuthorization();
        },
        map: app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGrpcService<GuardedService>();
            _endpoints = ((IEndpointRouteBuilder)app).DataSources.First();
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("visitor", StatusCode.PermissionDenied)]
    public async Task The_attribute_of_a_method_keeps_others_out(string? role, StatusCode code)
    {
        using var call = _host.Client.Gather(Role(role));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());

        Assert.Equal(code, error.StatusCode);
    }

    [Fact]
    public async Task The_attribute_of_the_class_holds_for_its_methods()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => _host.Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync());
        var reply = await _host.Client.OnceAsync(new EchoRequest(), Role("visitor")).ResponseAsync.SoonAsync();

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Equal("visitor", reply.Text);
    }

    [Fact]
    public async Task A_method_may_be_open_to_all()
    {
        using var call = _host.Client.Repeat(new EchoRequest());

        Assert.False(await call.ResponseStream.MoveNext().SoonAsync());
    }

    [Fact]
    public void An_endpoint_knows_its_method()
    {
        var methods = _endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()).OfType<GrpcMethodMetadata>();

        Assert.Contains(methods, method => method.ServiceType == typeof(GuardedService) && method.Method.FullName == "/museum.test.v1.Echo/Once");
    }

    private static Metadata Role(string? role) => role is null ? [] : new Metadata { { "x-role", role } };

    [Authorize]
    private sealed class GuardedService : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Text = context.GetHttpContext().User.FindFirstValue(ClaimTypes.Role) });

        [Authorize(Roles = "curator")]
        public override Task<EchoReply> Gather(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
            Task.FromResult(new EchoReply());

        [AllowAnonymous]
        public override Task Repeat(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) => Task.CompletedTask;
    }

    /// <summary>Believes the header; this is a test of authorization.</summary>
    private sealed class RoleHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.TryGetValue("x-role", out var role)
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role.ToString())], "role")), "role"))
                : AuthenticateResult.NoResult());
    }
}
