namespace Museum.ServiceDefaults.Logging;

/// <summary>
/// A file that is full at a size: then it becomes NAME.1, the one of that name NAME.2, and so on; what would be more than
/// <paramref name="files"/> is gone. One process writes to a file: another that wants the same gets NAME-2. Not for several threads.
/// </summary>
internal sealed class RollingFile(string path, long maxBytes, int files) : IDisposable
{
    // Replicas of a service on one machine; more write nothing, and say so.
    private const int MostWriters = 16;

    private FileStream? stream;

    /// <exception cref="IOException">It cannot be written; the next line tries again from the start.</exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            stream ??= Open();
            if (stream.Position > 0 && stream.Position + line.Length > maxBytes)
            {
                stream = Roll(stream);
            }

            stream.Write(line);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Flush() => stream?.Flush();

    public void Dispose()
    {
        var ends = stream;
        stream = null;
        try
        {
            ends?.Dispose();
        }
        catch (IOException)
        {
            // A full disk does not take the rest.
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var writer = 1; ; writer++)
        {
            try
            {
                // Without sharing it is locked for other writers (flock), and not for who reads it by other means.
                var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new FileStream(NameOf(writer), options);
            }
            catch (IOException) when (writer < MostWriters && File.Exists(NameOf(writer)))
            {
                // Another replica's.
            }
        }
    }

    private FileStream Roll(FileStream full)
    {
        var name = full.Name;
        full.Dispose();
        if (files == 1)
        {
            File.Delete(name);
        }

        for (var age = files - 1; age > 0; age--)
        {
            var younger = age == 1 ? name : $"{name}.{age - 1}";
            if (File.Exists(younger))
            {
                File.Move(younger, $"{name}.{age}", overwrite: true);
            }
        }

        return Open();
    }

    private string NameOf(int writer) => writer == 1
        ? path
        : Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-{writer}{Path.GetExtension(path)}");
}
