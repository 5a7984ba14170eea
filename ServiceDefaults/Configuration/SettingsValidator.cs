using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Holds options, whatever they contain included, against their data annotations; a failure names key, value and range.</summary>
/// <param name="section">Where they are configured.</param>
/// <param name="only">The name of the options that are meant; null: all of this type.</param>
internal sealed class SettingsValidator<T>(string section, string? only = null) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        if (only is not null && only != name)
        {
            return ValidateOptionsResult.Skip;
        }

        var failures = OfObject(section, options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> OfObject(string prefix, object value)
    {
        var own = value is IValidatableObject whole
            ? whole.Validate(new ValidationContext(value)).Where(r => r != ValidationResult.Success).Select(r => $"{prefix}: {r.ErrorMessage}")
            : [];
        return own.Concat(SettingDescriber.Settable(value.GetType()).SelectMany(p => OfProperty($"{prefix}:{p.Name}", p, p.GetValue(value))));
    }

    private static IEnumerable<string> OfProperty(string key, PropertyInfo property, object? value)
    {
        var shown = property.GetCustomAttribute<SettingAttribute>()?.Secret is true ? "as given" : $"'{SettingDescriber.Text(value)}'";
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(r => !r.IsValid(value)))
        {
            yield return rule switch
            {
                RangeAttribute range => $"{key} is {shown}; it must lie between {SettingDescriber.Text(range.Minimum)} and {SettingDescriber.Text(range.Maximum)}.",
                AllowedValuesAttribute allowed => $"{key} is {shown}; it must be one of {SettingDescriber.Text(allowed.Values)}.",
                RequiredAttribute => $"{key} is missing; set it.",
                _ => rule.FormatErrorMessage(key),
            };
        }

        foreach (var failure in Within(key, value))
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> Within(string key, object? value) => value switch
    {
        null => [],
        _ when SettingDescriber.ScalarType(value.GetType()) is not null => [],
        IDictionary entries => entries.Keys.Cast<object>().SelectMany(k => Within($"{key}:{k}", entries[k])),
        IEnumerable => [],
        _ => OfObject(key, value),
    };
}
