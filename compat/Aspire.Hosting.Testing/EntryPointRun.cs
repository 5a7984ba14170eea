using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's entry point on a thread of its own, in two steps: up to <c>Build()</c>, where the test takes over; and on
/// from there once the test has called <c>BuildAsync</c>. The entry point's <c>Run()</c> then only waits: the test starts the
/// application and stops it.
/// </summary>
internal sealed class EntryPointRun(Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : BuilderInterception
{
    private readonly TestSetup _setup = new(args, configure);
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _reachedBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<IDistributedApplicationTestingBuilder> CreateBuilderAsync(CancellationToken ct)
    {
        new Thread(Run) { IsBackground = true, Name = "AppHost entry point" }.Start();
        var builder = await _reachedBuild.Task.WaitAsync(ct);
        return new TestingBuilder(builder, BuildAsync, GiveUp);
    }

    public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => _setup.Apply(options, settings, appHost);

    public override DistributedApplication Build(DistributedApplicationBuilder builder)
    {
        _reachedBuild.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
        var host = builder.BuildHost();
        _built.TrySetResult(_setup.Build(host));
        return new DistributedApplication(new SpectatingHost(host));
    }

    private void GiveUp()
    {
        _mayBuild.TrySetCanceled();
        _setup.ReleaseUnlessBuilt();
    }

    private Task<DistributedApplication> BuildAsync(CancellationToken ct)
    {
        _mayBuild.TrySetResult();
        return _built.Task.WaitAsync(ct);
    }

    private void Run()
    {
        Current = this;
        try
        {
            var entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException($"The assembly '{appHost.GetName().Name}' has no entry point.");
            entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entryPoint.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null);
            Fail(new InvalidOperationException("The entry point exited without building a DistributedApplication."));
        }
        catch (Exception fault)
        {
            // After Build() nobody listens any more: then it is the end of the entry point, no more.
            Fail(fault);
        }
    }

    private void Fail(Exception fault)
    {
        if (_reachedBuild.TrySetException(fault))
        {
            _setup.ReleaseUnlessBuilt();
        }

        _built.TrySetException(fault);
    }
}
