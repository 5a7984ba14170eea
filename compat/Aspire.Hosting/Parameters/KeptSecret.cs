using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Parameters;

/// <summary>
/// Generates a value once and keeps it in a file that only its owner reads (mode 0600): a server that keeps its data keeps the
/// password inside it. The original keeps such values in the user secrets of the AppHost.
/// </summary>
internal sealed class KeptSecret(ParameterDefault generator, Func<string> file) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var path = file();
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        var value = generator.GetDefaultValue();
        PrivateFile.Write(path, value);
        return value;
    }
}
