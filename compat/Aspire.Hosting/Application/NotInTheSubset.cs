namespace Aspire.Hosting;

/// <summary>The answer to everything that the original does and this stand-in does not: said aloud, never ignored.</summary>
internal static class NotInTheSubset
{
    public static NotSupportedException Verb(string verb) =>
        new($"'{verb}' is not part of the subset in compat/Aspire.Hosting. Build with -p:MuseumPackages=official to use the original.");
}
