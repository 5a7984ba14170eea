using System.Runtime.InteropServices;

namespace Museum.Benchmarks.Visitors.Suite;

/// <summary>POSIX signals to a process of the suite that the benchmark itself has started.</summary>
public static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int processId, int signal) => _ = SendSignal(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
