using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Exchange;

internal static class ExchangeRegistration
{
    public static void AddExchange(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ImportTasks(
            Path.Combine(provider.GetRequiredService<MuseumPaths>().DataOf("text"), "imports.db"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<UploadGate>();
        services.AddSingleton<Importer>();
        services.AddHostedService(provider => provider.GetRequiredService<Importer>());
    }
}
