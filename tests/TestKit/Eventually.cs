using System.Runtime.CompilerServices;

namespace Museum.TestKit;

/// <summary>Waits on a condition, never on a time: asked every 20 ms, given up after one default time-out.</summary>
public static class Eventually
{
    /// <summary>Long, since only a test that fails waits for so long: two cores may be busy with ten processes that start.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "", TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    public static Task TrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "", TimeSpan? within = null) =>
        GetAsync(async () => await condition() ? new object() : null, what, within);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> read, [CallerArgumentExpression(nameof(read))] string what = "", TimeSpan? within = null)
        where T : class
    {
        var limit = within ?? DefaultTimeout;
        using var timeout = new CancellationTokenSource(limit);
        while (true)
        {
            if (await read().WaitAsync(limit) is { } value)
            {
                return value;
            }

            try
            {
                await Task.Delay(AskEvery, timeout.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {what}");
            }
        }
    }

    /// <summary>One default time-out for whatever a test awaits.</summary>
    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(DefaultTimeout);

    public static Task SoonAsync(this Task task) => task.WaitAsync(DefaultTimeout);
}
