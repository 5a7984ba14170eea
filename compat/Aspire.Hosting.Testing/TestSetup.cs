using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What makes an application one for a test.</summary>
internal sealed class TestSetup(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private const string StoreKey = "Aspire:Store:Path";

    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("museum-test-");
    private bool _isBuilt;

    public void Apply(DistributedApplicationOptions options, HostApplicationBuilderSettings settings, Assembly? appHost)
    {
        // The test's own arguments come last and win.
        string[] all = ["--DcpPublisher:RandomizePorts=true", $"--{StoreKey}={_store.FullName}", .. options.Args ?? [], .. args];
        options.Args = settings.Args = all;
        options.Assembly = appHost;
        options.DisableDashboard = true;
        options.AllowUnsecuredTransport = true;
        options.EnableResourceLogging = true;
        configure(options, settings);
    }

    public DistributedApplicationBuilder Create(Assembly caller)
    {
        var previous = BuilderInterception.Current;
        BuilderInterception.Current = new Applying(this, caller);
        try
        {
            return new DistributedApplicationBuilder([]);
        }
        finally
        {
            BuilderInterception.Current = previous;
        }
    }

    public DistributedApplication Build(IHost host)
    {
        _isBuilt = true;
        return new TestApplication(host, this);
    }

    /// <summary>For a builder that is given up; once built, the data is the application's.</summary>
    public void ReleaseUnlessBuilt()
    {
        if (!_isBuilt)
        {
            Release();
        }
    }

    public void Release()
    {
        if (_store.Exists)
        {
            _store.Delete(recursive: true);
        }
    }

    private sealed class Applying(TestSetup setup, Assembly caller) : BuilderInterception
    {
        public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => setup.Apply(options, settings, caller);

        public override DistributedApplication Build(DistributedApplicationBuilder builder) => setup.Build(builder.BuildHost());
    }
}

/// <summary>An application that takes its temporary data with it.</summary>
internal sealed class TestApplication(IHost host, TestSetup setup) : DistributedApplication(host)
{
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        setup.Release();
    }
}
