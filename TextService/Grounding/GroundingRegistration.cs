using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Grounding;

internal static class GroundingRegistration
{
    /// <summary>What stands between a model's words and the visitor.</summary>
    public static IServiceCollection AddGrounding(this IServiceCollection services)
    {
        services.AddRuntimeOptions<GroundingOptions>(GroundingOptions.Section);
        services.AddRuntimeOptions<PersonaOptions>(PersonaOptions.Section);
        return services.AddSingleton<AnswerGuard>();
    }
}
