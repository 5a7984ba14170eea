using Grpc.Core;
using Museum.ServiceDefaults.Errors;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.ServiceDefaults.Tests.Errors;

public sealed class RecoveryTests
{
    public static TheoryData<Exception, bool, bool, bool, bool> Recoveries => new()
    {
        // what happened                                            again  blames next   defect
        { new ClientException("x", "x"),                            false, false, false, false },
        { new RpcException(new Status(StatusCode.NotFound, "")),    false, false, false, false },
        { new NetworkException("x", "x"),                           true,  true,  true,  false },
        { new TimeoutRejectedException(),                           true,  true,  true,  false },
        { new RpcException(new Status(StatusCode.Unavailable, "")), true,  true,  true,  false },
        { new DependencyException("x", "x"),                        true,  true,  true,  false },
        { new DependencyException("x", "x") { Refused = true },     false, true,  true,  false },
        { new BrokenCircuitException(),                             false, true,  true,  false },
        { new ResourceException("x", "x"),                          false, false, true,  false },
        { new InvalidOperationException(),                          false, false, true,  true },
        { new ServerException("x", "x"),                            false, false, true,  true },
        { new OperationCanceledException(),                         false, false, false, false },
        { new RpcException(new Status(StatusCode.Cancelled, "")),   false, false, false, false },
    };

    [Theory]
    [MemberData(nameof(Recoveries))]
    public void Each_category_has_one_recovery(Exception exception, bool again, bool blames, bool next, bool defect)
    {
        var recovery = Recovery.Of(exception);
        Assert.Equal((again, blames, next, defect), (recovery.TriesAgain, recovery.Blames, recovery.TriesNext, recovery.IsDefect));
    }

    [Fact]
    public void Who_is_sent_away_for_now_is_told_when_to_come_back()
    {
        Assert.NotNull(ErrorInfo.Of(new DependencyException("x", "x")).ComeBackIn);
        Assert.NotNull(ErrorInfo.Of(new ResourceException("x", "x")).ComeBackIn);
        Assert.Equal(TimeSpan.FromSeconds(7), ErrorInfo.Of(new ResourceException("x", "x") { RetryAfter = TimeSpan.FromSeconds(7) }).ComeBackIn);
        Assert.Null(ErrorInfo.Of(new DependencyException("x", "x") { Refused = true }).ComeBackIn);
        Assert.Null(ErrorInfo.Of(new ClientException("x", "x")).ComeBackIn);
    }
}
