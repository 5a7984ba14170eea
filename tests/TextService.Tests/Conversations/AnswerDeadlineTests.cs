using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Conversation;

namespace TextService.Tests.Conversations;

/// <summary>When an answer is given up.</summary>
public sealed class AnswerDeadlineTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_answer_that_is_not_whole_in_time_is_given_up_and_says_so()
    {
        var time = new ManualTime();
        using var deadline = new AnswerDeadline(Within, time, CancellationToken.None);
        var answering = deadline.RunAsync(ForeverAsync);
        time.Advance(Within);
        Assert.Equal("answer_too_late", (await Assert.ThrowsAsync<NetworkException>(() => answering.SoonAsync())).Code);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_no_late_answer()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new AnswerDeadline(Within, new ManualTime(), caller.Token);
        var answering = deadline.RunAsync(ForeverAsync);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering.SoonAsync());
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void What_the_calls_of_an_answer_may_take_runs_with_the_deadline()
    {
        var time = new ManualTime();
        using var deadline = new AnswerDeadline(Within, time, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(1), deadline.Budget.Left);
    }

    private static async Task<int> ForeverAsync(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return 0;
    }
}
