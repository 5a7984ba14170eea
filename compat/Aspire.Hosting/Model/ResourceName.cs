namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource may be called: the name becomes a host name, a part of variables and of Kubernetes objects.</summary>
internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Validate(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var fault = name switch
        {
            { Length: > MaxLength } => $"it is longer than {MaxLength} characters",
            _ when !char.IsAsciiLetter(name[0]) => "it must start with an ASCII letter",
            _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "it may hold only ASCII letters, digits and hyphens",
            _ when name.Contains("--", StringComparison.Ordinal) => "it must not hold two hyphens in a row",
            _ when name.EndsWith('-') => "it must not end with a hyphen",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentException($"Resource name '{name}' is invalid: {fault}.", nameof(name));
        }
    }

    /// <summary>A name as a part of an environment variable: <c>llm-api-key</c> becomes <c>llm_api_key</c>.</summary>
    public static string ForVariable(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
