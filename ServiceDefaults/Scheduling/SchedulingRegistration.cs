using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Scheduling;

internal static class SchedulingRegistration
{
    public static void AddScheduling(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRuntimeOptions<SchedulingOptions>(SchedulingOptions.Section);
        builder.Services.AddSingleton<WorkScheduler>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WorkScheduler>());
    }
}
