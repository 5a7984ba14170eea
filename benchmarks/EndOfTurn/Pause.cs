namespace Museum.Benchmarks.EndOfTurn;

/// <summary>One silence of somebody who speaks.</summary>
/// <param name="Heard">So far.</param>
/// <param name="Length">Until they go on; null: they have ended.</param>
internal sealed record Pause(string Heard, TimeSpan? Length)
{
    /// <summary>Lines of <c>heard ⇥ pause_ms ⇥ goes_on_with</c> under a heading.</summary>
    public static IReadOnlyList<Pause> Read(string language)
    {
        using var reader = new StreamReader(typeof(Pause).Assembly.GetManifestResourceStream(language) ?? throw new ArgumentException($"There is no set for {language}."));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new Pause(cells[0], cells[1] == "0" ? null : TimeSpan.FromMilliseconds(int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture))))];
    }
}
