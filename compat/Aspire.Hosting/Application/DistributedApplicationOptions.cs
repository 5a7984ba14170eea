using System.Reflection;

namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    public string? AssemblyName { get; set; }

    public bool DisableDashboard { get; set; }

    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Sends the resources' console lines to the AppHost's own logging instead of printing them with a prefix.</summary>
    public bool EnableResourceLogging { get; set; }

    public string? ProjectDirectory { get; set; }

    internal Assembly? Assembly { get; set; }

    internal Assembly? ResolveAssembly() =>
        Assembly ?? (AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(new AssemblyName(AssemblyName)));
}
