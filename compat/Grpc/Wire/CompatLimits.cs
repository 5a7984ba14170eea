namespace Grpc.Wire;

/// <summary>What the subset leaves out is refused by name, never ignored.</summary>
internal static class CompatLimits
{
    public static NotSupportedException NotInSubset(string what) =>
        new($"{what} is not part of Museum's stand-in for gRPC. Build with -p:MuseumPackages=official to use the real packages.");
}
