namespace Museum.Contracts.Protocol;

/// <summary>The words that a text, the texts of a list or the values of a dictionary may be. The types of web/ are generated from it; nothing checks it at run time.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] words) : Attribute
{
    /// <param name="constants">A class whose constants are the words.</param>
    public OneOfAttribute(Type constants)
        : this([.. constants.GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)])
    {
    }

    public IReadOnlyList<string> Words { get; } = words;
}
