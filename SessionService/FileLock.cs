namespace Museum.SessionService;

/// <summary>One process at a time, by a lock that the system takes back when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">Another process held the lock for 30 s.</exception>
    public static IDisposable Take(string path)
    {
        var giveUpAt = Environment.TickCount64 + (long)GiveUpAfter.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < giveUpAt)
            {
                Thread.Sleep(10);
            }
        }
    }
}
