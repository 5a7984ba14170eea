using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// A shell that outlives the AppHost by a moment: it knows the process groups of all resources, and when its standard input
/// ends — because the AppHost has ended, be it by SIGKILL — it ends them. Without it a killed AppHost leaves servers behind.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // "+ 123" adds a group, "- 123" removes it. Those left at the end get SIGTERM and, five seconds later, SIGKILL.
    private const string Script = """
        trap '' INT TERM HUP QUIT
        groups=' '
        while read -r change group; do
            case $change in
                +) groups="$groups$group " ;;
                -) groups="${groups%% $group *} ${groups#* $group }" ;;
            esac
        done
        for group in $groups; do kill -s TERM -- "-$group"; done
        for attempt in 1 2 3 4 5 6 7 8 9 10; do
            alive=
            for group in $groups; do kill -s 0 -- "-$group" && alive=yes; done
            [ -n "$alive" ] || exit 0
            sleep 0.5
        done
        for group in $groups; do kill -s KILL -- "-$group"; done
        """;

    private readonly Process _shell;
    private readonly Lock _writing = new();

    public Watchdog()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in (string[])["sh", "-c", Script])
        {
            start.ArgumentList.Add(argument);
        }

        _shell = Process.Start(start)!;
    }

    public void Add(int group) => Tell($"+ {group}");

    public void Remove(int group) => Tell($"- {group}");

    public void Dispose()
    {
        lock (_writing)
        {
            _shell.StandardInput.Close();
        }

        _shell.Dispose();
    }

    private void Tell(string line)
    {
        lock (_writing)
        {
            try
            {
                _shell.StandardInput.Write(line + "\n");
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody has ended the shell: the application runs on, without its protection.
            }
        }
    }
}
