using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Analytics;
using Museum.TextService.Exchange;

namespace Museum.TextService.Curators;

internal static class CuratorRegistration
{
    public static void AddCurators(this IServiceCollection services)
    {
        services.AddRuntimeOptions<CuratorOptions>(CuratorOptions.Section);
        services.AddSingleton<Editing>();
        services.AddSingleton<DraftPreview>();
    }

    /// <summary><c>/api/curator</c>, for curators: the API of their desk.</summary>
    public static void MapCurators(this IEndpointRouteBuilder endpoints)
    {
        var curator = endpoints.MapGroup("/api/curator").RequireAuthorization(Roles.Curator).WithTags("curator").ProducesProblem(401).ProducesProblem(403);
        curator.MapExhibits();
        curator.MapHalls();
        curator.MapPreview();
        curator.MapAnalytics();
        curator.MapExchange();
    }
}
