namespace Museum.TextService.Exchange;

internal static class ExchangeRegistration
{
    public static void AddExchange(this IServiceCollection services)
    {
        services.AddSingleton<ImportTasks>();
        services.AddSingleton<UploadGate>();
        services.AddSingleton(_ => new ImportBudget());
        services.AddSingleton<Importer>();
        services.AddHostedService(provider => provider.GetRequiredService<Importer>());
    }
}
