using Museum.ServiceDefaults.Degradation;

namespace Museum.ServiceDefaults.Tests.Degradation;

/// <summary>Somebody who loads, is well and answers as the test says.</summary>
internal sealed class Speaker(string name)
{
    private int loads;
    private int probes;
    private int calls;

    public string Name => name;

    public Func<CancellationToken, ValueTask> OnLoad { get; set; } = _ => default;

    public Func<CancellationToken, ValueTask<string?>> OnProbe { get; set; } = _ => new((string?)null);

    public Func<CancellationToken, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    public int Loads => Volatile.Read(ref loads);

    public int Probes => Volatile.Read(ref probes);

    public int Calls => Volatile.Read(ref calls);

    public async Task<string> SayAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref calls);
        await OnCall(ct);
        return name;
    }

    public ProviderPlan<Speaker> Plan(string? pipeline = null) => new()
    {
        Name = name,
        Pipeline = pipeline,
        Load = async ct =>
        {
            Interlocked.Increment(ref loads);
            await OnLoad(ct);
            return this;
        },
        Probe = (_, ct) =>
        {
            Interlocked.Increment(ref probes);
            return OnProbe(ct);
        },
    };
}
