using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Museum.AudioService.Encodings;

/// <summary>
/// A file in memory (memfd_create(2)) that another process of this user can open by <see cref="Path"/> and seek in, as m4a needs, and
/// that no crash can leave behind.
/// </summary>
internal sealed partial class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly FileStream stream;

    public MemoryFile()
    {
        var descriptor = Create("museum-audio", CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"memfd_create failed with error {Marshal.GetLastPInvokeError()}.");
        }

        stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        Path = $"/proc/{Environment.ProcessId}/fd/{descriptor}";
    }

    public string Path { get; }

    public Stream Stream => stream;

    public void Dispose() => stream.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Create(string name, uint flags);
}
