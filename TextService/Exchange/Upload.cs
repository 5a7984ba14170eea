using System.IO.Compression;
using System.Text;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Exchange;

/// <summary>Reads the rows out of what a curator sends: a Markdown, CSV or JSON file, a zip of such files, or a form with any of them.</summary>
internal sealed class Upload
{
    // 20,000 exhibits of the usual length have about 60 MB as JSON; zipped a fifth, so that they pass as a request of 30 MB (Kestrel's limit).
    private const long MostBytes = 96 * 1024 * 1024;
    public const int MostRows = 20_000;

    // A spreadsheet's own encoding (GBK, Windows-1252) must not go live as marks of what could not be read.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<ExchangeRow> rows = [];
    private long bytes;

    /// <exception cref="ClientException">400: a file is none of these or cannot be read at all; 413: too much; 415: its type says nothing.</exception>
    public static async Task<SentRows> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var upload = new Upload();
        if (request.HasFormContentType)
        {
            foreach (var file in (await FormOfAsync(request, ct)).Files)
            {
                await using var content = file.OpenReadStream();
                await upload.AddAsync(Path.GetFileName(file.FileName), content, ct);
            }
        }
        else
        {
            await upload.AddAsync(NameOf(request), request.Body, ct);
        }

        return upload.rows.Count > 0 ? new SentRows(upload.rows, upload.bytes) : throw new ClientException("import_empty", "There is no exhibit in what was sent.");
    }

    private static async Task<IFormCollection> FormOfAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            throw new ClientException("import_unreadable", "That is no form with files.");
        }
    }

    // A raw body has no name; a Markdown file needs one, which is its exhibit's id: ?file=vase.md
    private static string NameOf(HttpRequest request) => (request.Query["file"].ToString(), request.ContentType?.Split(';')[0].Trim().ToLowerInvariant()) switch
    {
        ({ Length: > 0 } name, _) => Path.GetFileName(name),
        (_, "application/json") => "exhibits.json",
        (_, "text/csv") => "exhibits.csv",
        (_, "application/zip") => "exhibits.zip",
        _ => throw new ClientException("unsupported_media_type", "Send application/json, text/csv, application/zip, a form with files, or say ?file=NAME.md.", 415),
    };

    private async Task AddAsync(string name, Stream content, CancellationToken ct)
    {
        if (Path.GetExtension(name).Equals(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await AddZipAsync(name, content, ct);
            return;
        }

        var text = await TextAsync(name, content, ct);
        try
        {
            Take(Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".md" => [MarkdownFormat.Read(name, text)],
                ".csv" => CsvFormat.Read(name, text),
                ".json" => JsonFormat.Read(name, text),
                _ => throw new ClientException("import_unknown_file", $"'{name}' is neither .md, .csv, .json nor .zip."),
            });
        }
        catch (FormatException e)
        {
            throw new ClientException("import_unreadable", e.Message);
        }
    }

    // Counted while they are read: a row needs two bytes, of which a zip holds millions in a few kilobytes.
    private void Take(IEnumerable<ExchangeRow> read)
    {
        foreach (var row in read)
        {
            if (rows.Count == MostRows)
            {
                throw new ClientException("import_too_large", $"At most {MostRows} exhibits at once.", 413);
            }

            rows.Add(row);
        }
    }

    private async Task AddZipAsync(string name, Stream content, CancellationToken ct)
    {
        // The directory of a zip is at its end.
        using var whole = new MemoryStream();
        await CopyAsync(content, whole, ct);
        whole.Position = 0;
        try
        {
            await using var zip = await ZipArchive.CreateAsync(whole, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
            foreach (var entry in zip.Entries.Where(e => e.Name.Length > 0 && !e.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)))
            {
                await using var file = await entry.OpenAsync(ct);
                await AddAsync(entry.Name, file, ct);
            }
        }
        catch (InvalidDataException)
        {
            throw new ClientException("import_unreadable", $"'{name}' is no zip file.");
        }
    }

    private async Task<string> TextAsync(string name, Stream content, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        await CopyAsync(content, whole, ct);
        try
        {
            return Utf8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new ClientException("import_not_utf8", $"'{name}' is not in UTF-8; a spreadsheet calls that \"CSV UTF-8\".");
        }
    }

    // Counted while it comes: what a zip says of its own sizes is nobody's promise.
    private async Task CopyAsync(Stream from, MemoryStream to, CancellationToken ct)
    {
        var buffer = new byte[81_920];
        for (var read = await from.ReadAsync(buffer, ct); read > 0; read = await from.ReadAsync(buffer, ct))
        {
            to.Write(buffer, 0, read);
            bytes += read;
            if (bytes > MostBytes)
            {
                throw new ClientException("import_too_large", $"At most {MostBytes / (1024 * 1024)} MB of text at once.", 413);
            }
        }
    }
}
