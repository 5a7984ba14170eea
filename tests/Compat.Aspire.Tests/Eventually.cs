namespace Compat.Aspire.Tests;

/// <summary>Waits until something that gives no notice of itself is so.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var deadline = Limits.Deadline;
        while (!await condition())
        {
            await Task.Delay(Between, deadline);
        }
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));
}
