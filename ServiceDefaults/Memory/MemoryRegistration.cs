using Microsoft.Extensions.DependencyInjection;

namespace Museum.ServiceDefaults.Memory;

internal static class MemoryRegistration
{
    public static void AddMemoryGuard(this IServiceCollection services)
    {
        services.AddOptions<MemoryOptions>().BindConfiguration(MemoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IWatchedMemory, ProcessMemory>();
        services.AddSingleton<MemoryGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<MemoryGuard>());
    }
}
