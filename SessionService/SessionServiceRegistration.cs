using System.Security.Cryptography;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Pools;
using Museum.SessionService.Accounts;
using Museum.SessionService.Admin;
using Museum.SessionService.ApiKeys;
using Museum.SessionService.Sessions;
using Museum.SessionService.SignIn;
using Museum.SessionService.Tokens;

namespace Museum.SessionService;

/// <summary>The table of contents of this service.</summary>
internal static class SessionServiceRegistration
{
    public static void AddSessionService(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<TokenOptions>(TokenOptions.Section);
        services.AddRuntimeOptions<Sessions.SessionOptions>(Sessions.SessionOptions.Section);
        services.AddRuntimeOptions<SignInOptions>(SignInOptions.Section);

        services.AddSingleton<KeyFile>();
        services.AddSingleton<KeyRing>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyRing>());
        // Here the published keys are at hand: nothing is asked over HTTP to verify a token.
        services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<TokenManager>();

        services.AddSingleton<RedisSessions>();
        services.AddSingleton<MemorySessions>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<Validator>();
        services.AddHostedService<Cleaner>();

        services.AddDbContextFactory<AccountsContext>((provider, options) => options.UseSqlite(
            $"Data Source={Path.Combine(provider.GetRequiredService<MuseumPaths>().DataOf("session"), "accounts.db")}"));
        services.AddResourcePool(PasswordHash.Pool, PasswordHash.SetPool, _ => new EngineThreads<Pbkdf2>(PasswordHash.Pool, () => new Pbkdf2(HashAlgorithmName.SHA256)));
        services.AddSingleton<PasswordHash>();
        services.AddSingleton<FirstPassword>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddHostedService<AccountsSetup>();

        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<OverrideStore>();

        // The gateway says who asked; it is the only one that reaches this service.
        services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
    }

    public static void MapSessionService(this WebApplication app)
    {
        app.MapJwks();
        app.MapAuth();
        app.MapOAuth();
        app.MapSessions();
        app.MapAccounts();
        app.MapApiKeys();
        app.MapConfiguration();
        app.MapGrpcService<SessionsGrpc>();
    }
}
