using Museum.Gateway.Limits;

namespace Museum.Gateway.Tests;

public sealed class SlidingWindowTests
{
    private static readonly Allowance Ten = new("visitor", "somebody", 10, 60);

    [Fact]
    public void In_no_window_whatever_pass_more_than_the_limit()
    {
        var random = new Random(7);
        var window = new SlidingWindow();
        var passed = new List<long>();
        long now = 0;
        for (var i = 0; i < 20_000; i++)
        {
            now += random.Next(0, i % 50 == 0 ? 30_000 : 900);
            if (window.Take(now, Ten).IsAdmitted)
            {
                passed.Add(now);
            }
        }

        Assert.All(passed.Zip(passed.Skip(10)), pair => Assert.True(pair.Second - pair.First >= 60_000));
    }

    [Fact]
    public void A_permit_is_back_after_the_window_and_at_most_a_twentieth_late()
    {
        var window = new SlidingWindow();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal((true, 9 - i), Seen(window.Take(1_000, Ten)));
        }

        var refused = window.Take(1_000, Ten);
        Assert.Equal((false, 0), Seen(refused));
        Assert.InRange(refused.Reset.TotalSeconds, 60, 63);
        Assert.False(window.Take(1_000 + (long)refused.Reset.TotalMilliseconds - 1, Ten).IsAdmitted);
        Assert.True(window.Take(1_000 + (long)refused.Reset.TotalMilliseconds, Ten).IsAdmitted);
    }

    [Fact]
    public void A_limit_that_is_lowered_holds_at_once()
    {
        var window = new SlidingWindow();
        for (var i = 0; i < 5; i++)
        {
            window.Take(0, Ten);
        }

        Assert.Equal((false, 0), Seen(window.Take(0, Ten with { Limit = 3 })));
    }

    private static (bool, int) Seen(Verdict verdict) => (verdict.IsAdmitted, verdict.Remaining);
}
