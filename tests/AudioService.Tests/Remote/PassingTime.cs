namespace Museum.AudioService.Tests.Remote;

/// <summary>Waits that end only when the test lets time pass.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>Lets time pass until the work gives up; whoever begins to wait only now has their time too.</summary>
    public static Task PassesUntilAsync(this ManualTime time, Task givesUp) => Eventually.TrueAsync(() =>
    {
        time.Advance(Step);
        return givesUp.IsCompleted;
    });
}
