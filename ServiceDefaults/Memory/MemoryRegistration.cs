using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Memory;

internal static class MemoryRegistration
{
    public static void AddMemoryGuard(this IServiceCollection services)
    {
        services.AddRuntimeOptions<MemoryOptions>(MemoryOptions.Section);
        services.AddSingleton<IWatchedMemory, ProcessMemory>();
        services.AddSingleton<MemoryGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<MemoryGuard>());
    }
}
