namespace Museum.TextService.Srs;

internal static class SrsRegistration
{
    public static void AddSrs(this IServiceCollection services) => services.AddSingleton<SrsSearch>();
}
