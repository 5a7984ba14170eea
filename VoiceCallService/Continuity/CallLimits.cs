using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Continuity;

/// <summary>How many live calls there may be, and how long each may last.</summary>
internal sealed class CallLimits
{
    public const string Section = "VoiceCall";

    [Setting("Live calls (with a microphone) that one replica takes at once; further ones are told when to come back. Below it, what the machine bears decides (Limits:calls).", Live = true)]
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; init; } = 64;

    [Setting("A live call in which nobody has said anything for so long is asked whether somebody is there.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(2);

    [Setting("How long it then waits for an answer before it ends the call.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleGrace { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("The longest live call; the visitor is warned a minute before.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromHours(2);

    [Setting("How long a service that is told to end lets the answers under way go on.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:15")]
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(15);

    [Setting("How long a ticket of POST /api/voice/start opens a socket.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan TicketLife { get; init; } = TimeSpan.FromSeconds(60);
}
