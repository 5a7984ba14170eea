namespace Museum.ServiceDefaults.Security;

/// <summary>Who may do what; each is also the name of the policy that asks for it.</summary>
public static class Roles
{
    public const string Visitor = "visitor";
    public const string Curator = "curator";
    public const string Operator = "operator";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Visitor, Curator, Operator, Admin];
}
