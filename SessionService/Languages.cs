using Museum.ServiceDefaults.Errors;

namespace Museum.SessionService;

/// <summary>The guide's languages, from any BCP 47 tag of them (<c>en-US</c>, <c>zh-Hans-CN</c>).</summary>
internal static class Languages
{
    public const string Default = "en";

    /// <param name="asked">What the request says; must be known if it is there.</param>
    /// <param name="accepted">The header Accept-Language, whose first known language counts.</param>
    /// <exception cref="ClientException">400 <c>language_unknown</c>.</exception>
    public static string Choose(string? asked, string? accepted)
    {
        if (!string.IsNullOrWhiteSpace(asked))
        {
            return Known(asked) ?? throw new ClientException("language_unknown", "The guide speaks en and zh.");
        }

        return (accepted ?? "").Split(',').Select(tag => Known(tag.Split(';')[0].Trim())).FirstOrDefault(l => l is not null) ?? Default;
    }

    private static string? Known(string tag) => tag.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "en" => "en",
        "zh" => "zh",
        _ => null,
    };
}
