using System.Text;
using System.Buffers;

namespace Museum.TextService.Exchange;

/// <summary>Comma-separated values (RFC 4180): fields in quotation marks may hold commas, line breaks and doubled quotation marks.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    // An exhibit has 22.
    private const int MostFields = 200;

    // A spreadsheet takes what begins so for a formula. An apostrophe says that it is text, and is taken away again on the way back.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t");

    /// <returns>The records with the line on which each begins, from 1. Empty lines are none.</returns>
    /// <exception cref="FormatException">A quotation mark is left open, or a record is no exhibit's by its length.</exception>
    public static IEnumerable<(int Line, List<string> Fields)> Read(string text)
    {
        var field = new StringBuilder();
        var fields = new List<string>();
        var (line, begun, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(c);
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    field.Append(c);
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                if (fields.Count == MostFields)
                {
                    throw new FormatException($"The record that begins on line {begun} has more than {MostFields} fields.");
                }

                fields.Add(Take(field));
            }
            else if (c == '\n')
            {
                if (fields.Count > 0 || field.Length > 0)
                {
                    fields.Add(Take(field));
                    yield return (begun, fields);
                }

                (fields, begun) = ([], line);
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (quoted)
        {
            throw new FormatException($"The quotation mark of the record that begins on line {begun} is left open.");
        }

        if (fields.Count > 0 || field.Length > 0)
        {
            fields.Add(Take(field));
            yield return (begun, fields);
        }
    }

    public static string Write(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted)) + "\r\n";

    private static string Quoted(string field)
    {
        var safe = field.Length > 0 && Formula.Contains(field[0]) ? "'" + field : field;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Take(StringBuilder field)
    {
        var text = field.ToString();
        field.Clear();
        return text.Length > 1 && text[0] == '\'' && Formula.Contains(text[1]) ? text[1..] : text;
    }
}
