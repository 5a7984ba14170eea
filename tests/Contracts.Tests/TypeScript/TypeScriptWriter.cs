using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Museum.Contracts.Protocol;

namespace Museum.Contracts.Tests.TypeScript;

/// <summary>
/// The protocol's records as TypeScript, named and written as <see cref="ProtocolJson"/> writes them: what is null is left out, so what may be
/// null is optional, and all else is there.
/// </summary>
internal sealed class TypeScriptWriter
{
    private readonly SortedDictionary<string, string> interfaces = new(StringComparer.Ordinal);
    private readonly NullabilityInfoContext nullability = new();

    /// <param name="name">Of the interface that maps each <c>msg_type</c> to its payload.</param>
    /// <param name="payloads">By <c>msg_type</c>.</param>
    /// <returns>That interface; the payloads' own are in <see cref="Interfaces"/>.</returns>
    public string Map(string name, IReadOnlyDictionary<string, Type> payloads) =>
        Interface(name, payloads.Select(p => $"{p.Key}: {Record(p.Value)};"));

    public string Interfaces => string.Join("\n", interfaces.Values);

    public static string Words(string name, IEnumerable<string> words) => $"export type {name} = {Union(words)};\n";

    private static string Interface(string name, IEnumerable<string> members)
    {
        var text = new StringBuilder($"export interface {name} {{\n");
        foreach (var member in members)
        {
            text.Append("  ").Append(member).Append('\n');
        }

        return text.Append("}\n").ToString();
    }

    private static string Union(IEnumerable<string> words) => string.Join(" | ", words.Select(w => $"'{w}'"));

    private static string Name(MemberInfo property) => ProtocolJson.Options.PropertyNamingPolicy!.ConvertName(property.Name);

    private string Record(Type type)
    {
        if (interfaces.TryAdd(type.Name, ""))
        {
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            interfaces[type.Name] = Interface(type.Name, properties.Select(Member));
        }

        return type.Name;
    }

    private string Member(PropertyInfo property)
    {
        var words = property.GetCustomAttribute<OneOfAttribute>()?.Words;
        var isOptional = nullability.Create(property).ReadState == NullabilityState.Nullable;
        return $"{Name(property)}{(isOptional ? "?" : "")}: {TypeOf(property.PropertyType, words is null ? "string" : Union(words))};";
    }

    private string TypeOf(Type type, string text)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare == typeof(string) => text,
            _ when bare == typeof(bool) => "boolean",
            _ when bare == typeof(int) || bare == typeof(long) || bare == typeof(double) => "number",
            _ when bare == typeof(JsonElement) || bare == typeof(object) => "unknown",
            { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(bare) && bare.GenericTypeArguments is [_, var value] => $"Record<string, {TypeOf(value, text)}>",
            { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(bare) => $"readonly {Grouped(TypeOf(bare.GenericTypeArguments[0], text))}[]",
            _ when bare.Namespace == typeof(ProtocolJson).Namespace => Record(bare),
            _ => throw new NotSupportedException($"The protocol has a {bare} whose TypeScript nobody knows: say it in TypeScriptWriter."),
        };
    }

    private static string Grouped(string type) => type.Contains(" | ", StringComparison.Ordinal) ? $"({type})" : type;
}
