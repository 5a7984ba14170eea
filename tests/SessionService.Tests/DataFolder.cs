namespace Museum.SessionService.Tests;

/// <summary>A data folder for one test class.</summary>
public abstract class DataFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("museum-session-").FullName;

    protected string Data => folder;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
