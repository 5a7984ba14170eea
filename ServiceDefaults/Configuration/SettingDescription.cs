namespace Museum.ServiceDefaults.Configuration;

/// <summary>What a value may be. A duration is written <c>[d.]hh:mm:ss[.fff]</c>.</summary>
public enum SettingType
{
    String,
    Integer,
    Number,
    Boolean,
    Duration,
    Uri,

    /// <summary>Several values under numbered keys; never changed at run time, since layers merge it entry by entry.</summary>
    List,
}

/// <summary>One setting as the administration API, the editors' schemas and validation know it.</summary>
/// <param name="Key">Full key; <c>*</c> stands for one segment that whoever writes the configuration names (<c>Logging:LogLevel:*</c>).</param>
/// <param name="Minimum">Smallest value in invariant text, in the form of <paramref name="Type"/>.</param>
/// <param name="Allowed">All values there are, if they can be counted.</param>
public sealed record SettingDescription(string Key, SettingType Type)
{
    public string Description { get; init; } = "";

    public string? Default { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>A string that may not be empty.</summary>
    public bool Required { get; init; }

    /// <summary>May be changed while the service runs.</summary>
    public bool Live { get; init; }

    public bool Secret { get; init; }

    public bool AdminOnly { get; init; }

    /// <summary>What a value must be, for people: <c>a whole number from 1 to 100</c>.</summary>
    public string Demand => Type switch
    {
        _ when Allowed is not null => "one of " + string.Join(", ", Allowed),
        SettingType.Integer => "a whole number" + Span,
        SettingType.Number => "a number" + Span,
        SettingType.Boolean => "true or false",
        SettingType.Duration => "a duration (hh:mm:ss)" + Span,
        SettingType.Uri => "an absolute http or https address",
        SettingType.List => "a list",
        _ => Required ? "a text that is not empty" : "a text",
    };

    private string Span => (Minimum, Maximum) switch
    {
        (null, null) => "",
        (null, _) => $" of at most {Maximum}",
        (_, null) => $" of at least {Minimum}",
        _ => $" from {Minimum} to {Maximum}",
    };
}
