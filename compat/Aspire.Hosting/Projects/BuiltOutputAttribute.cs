using System.ComponentModel;

namespace Aspire.Hosting;

/// <summary>
/// The assembly that a project was built into. Only the generated classes of <c>Projects</c> carry it: starting the assembly
/// itself instead of <c>dotnet run --no-build</c> saves about a second a service.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BuiltOutputAttribute(string path) : Attribute
{
    public string Path { get; } = path;
}
