using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets Aspire.Hosting.Testing take part while an AppHost's own entry point builds its application. It flows with the execution
/// context, so several tests may do so at once.
/// </summary>
internal abstract class BuilderInterception
{
    private static readonly AsyncLocal<BuilderInterception?> Flowing = new();

    public static BuilderInterception? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    public abstract void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>What the entry point's <c>Build()</c> returns.</summary>
    public abstract DistributedApplication Build(DistributedApplicationBuilder builder);
}
