using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Drill;

/// <summary>killed: SIGKILL, whoever watches over it starts it again. frozen: SIGSTOP, and SIGCONT after eight seconds.</summary>
internal enum Way
{
    Killed,
    Frozen,
}

/// <summary>What happens to a process of the suite, and whose written answers may fail by it.</summary>
/// <param name="Process">By the name that <see cref="SuiteProcess"/> gives.</param>
/// <param name="Way">How it goes.</param>
/// <param name="StopsHttp">Answers by HTTP may fail.</param>
/// <param name="StopsSockets">Answers on sockets may fail.</param>
internal sealed record Fault(string Process, Way Way, bool StopsHttp = false, bool StopsSockets = false)
{
    public const string Broker = "RabbitMQ";
    public const string Text = "TextService";

    public static IEnumerable<Fault> All(Way way) =>
    [
        new("AvatarService", way),
        new("AudioService.Espeak", way),
        new("AudioService", way),
        new("Redis", way),
        new(Broker, way),
        new("SessionService", way),
        new(Text, way, StopsHttp: true, StopsSockets: true),
        new("VoiceCallService", way, StopsSockets: true),
        new("Gateway", way, StopsHttp: true, StopsSockets: true),
    ];
}
