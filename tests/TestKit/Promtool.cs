using System.Diagnostics;

namespace Museum.TestKit;

/// <summary>Prometheus's own judge of a metrics page, from Debian's package; <c>./museum test</c> puts it into <c>.museum/tools</c>.</summary>
public static class Promtool
{
    /// <summary>Fails if the text breaks the format; returns what the linter has to say, one <c>metric what</c> a line.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(string metrics)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(), ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(metrics);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync().SoonAsync() + await process.StandardError.ReadToEndAsync().SoonAsync();
        await process.WaitForExitAsync().SoonAsync();

        // 0: well; 3: well-formed, but the linter has remarks.
        Assert.True(process.ExitCode is 0 or 3, $"promtool: {said}");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tool = Path.Combine(folder.FullName, ".museum", "tools", "promtool");
            if (File.Exists(tool))
            {
                return tool;
            }
        }

        return "promtool";
    }
}
