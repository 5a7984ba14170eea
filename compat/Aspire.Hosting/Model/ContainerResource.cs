namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A server that the original runs from an image. Here it is a private child process of the distribution's own package;
/// it stops after the services that use it.
/// </summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    public string? Entrypoint { get; set; } = entrypoint;
}
