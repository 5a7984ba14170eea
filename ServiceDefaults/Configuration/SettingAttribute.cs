namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// Tells an operator about one setting of an options class: what it does, and whether it may be changed while the service runs. Its type,
/// default and range come from the property itself and its data annotations.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    /// <summary>An override applies at once. Only for properties that are read through <c>IOptionsMonitor</c> whenever they are needed.</summary>
    public bool Live { get; init; }

    /// <summary>Can be set, never read back. Implies <see cref="AdminOnly"/>.</summary>
    public bool Secret { get; init; }

    /// <summary>Not for operators, for example an address to which a secret is sent.</summary>
    public bool AdminOnly { get; init; }
}
