using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

internal static partial class Posix
{
    public const int Terminate = 15;
    public const int Kill = 9;

    public static void Signal(int processId, int signal) => _ = SendSignal(processId, signal);

    /// <summary>To everything that a process has started, unless it made itself a group of its own.</summary>
    public static void SignalGroup(int processId, int signal) => _ = SendSignal(-processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
