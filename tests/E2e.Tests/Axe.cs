using System.Reflection;
using System.Text.Json;
using Microsoft.Playwright;

namespace Museum.E2e.Tests;

/// <summary>axe-core, every rule that it has, on what a visitor sees at this moment; in light and in dark.</summary>
internal static class Axe
{
    private static readonly string Root = typeof(Axe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "MuseumRoot").Value!;

    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Path.Combine(Root, "web/node_modules/axe-core/axe.min.js")));

    private static readonly (ColorScheme Scheme, string Name)[] Schemes = [(ColorScheme.Light, "light"), (ColorScheme.Dark, "dark")];

    /// <summary>What fades from one colour to another is looked at when it has come: half way, nothing has its contrast.</summary>
    private const string Settled =
        """
        async () => {
          // What is paused never finishes: a dialog's, before it begins.
          const passing = () => document.getAnimations().filter((a) => a.playState === 'running' && a.effect.getComputedTiming().iterations !== Infinity);
          do {
            await Promise.all(passing().map((a) => a.finished.catch(() => {})));
            await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
          } while (passing().length > 0);
        }
        """;

    /// <returns>Each violation as one line: the state, the rule and where.</returns>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page, string state)
    {
        var found = new List<string>();
        foreach (var (scheme, name) in Schemes)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.EvaluateAsync("() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))");
            if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis"))
            {
                await page.EvaluateAsync(Source.Value);
            }

            await page.EvaluateAsync(Settled);
            var violations = await page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`)");
            found.AddRange(violations.EnumerateArray().Select(v => $"{state}, {name}: {v.GetString()}"));
        }

        return found;
    }
}
