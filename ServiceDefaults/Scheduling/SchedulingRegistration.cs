using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Museum.ServiceDefaults.Scheduling;

internal static class SchedulingRegistration
{
    public static void AddScheduling(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SchedulingOptions>().BindConfiguration(SchedulingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<WorkScheduler>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WorkScheduler>());
    }
}
