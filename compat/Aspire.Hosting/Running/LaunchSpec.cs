using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>How a resource is started.</summary>
/// <param name="Command">A program: a path, or a name looked up in PATH.</param>
/// <param name="Remedy">What to do when the program is missing.</param>
internal sealed record LaunchSpec(string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, string? Remedy = null);

/// <summary>Makes the <see cref="LaunchSpec"/> of a resource each time it starts.</summary>
internal sealed record LaunchAnnotation(Func<LaunchContext, Task<LaunchSpec>> Create) : IResourceAnnotation;

/// <param name="Folder">The resource's own folder: kept between runs if it has a data volume, else removed when the application stops.</param>
internal sealed record LaunchContext(string Folder, CancellationToken CancellationToken);

/// <summary>The resource keeps its data in a volume of this name.</summary>
internal sealed record DataVolumeAnnotation(string Name) : IResourceAnnotation;
