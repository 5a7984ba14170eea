using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What HEALTH_CHECK is answered with: processor use of this process in per cent of the machine, open sessions, status.</summary>
internal sealed class ServerLoad(SessionRegistry registry, TimeProvider time)
{
    private readonly Lock gate = new();
    private (long At, TimeSpan Cpu) last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
    private double percent;

    public HealthCheckAckPayload Read()
    {
        lock (gate)
        {
            var elapsed = time.GetElapsedTime(last.At);
            if (elapsed > TimeSpan.FromSeconds(1))
            {
                var cpu = Environment.CpuUsage.TotalTime;
                percent = Math.Round(100 * (cpu - last.Cpu) / elapsed / Environment.ProcessorCount, 1);
                last = (time.GetTimestamp(), cpu);
            }

            return new HealthCheckAckPayload
            {
                HealthStatus = new Dictionary<string, object?> { ["cpu_usage"] = percent, ["conn_count"] = registry.Count, ["status"] = "healthy" },
            };
        }
    }
}
