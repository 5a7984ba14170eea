namespace Museum.TestKit;

/// <summary>Of a host whose settings no test changes by their file: a user may have 128 watchers (inotify), and all tests together start more hosts.</summary>
public static class UnwatchedFiles
{
    /// <summary>For <c>WebApplicationOptions.Args</c>.</summary>
    public static string[] Args => ["--hostBuilder:reloadConfigOnChange=false"];
}
