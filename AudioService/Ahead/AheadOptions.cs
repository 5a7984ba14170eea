using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.Ahead;

/// <summary>What is spoken into the cache before anybody asks for it (<c>Tts:Ahead</c>); live.</summary>
internal sealed class AheadOptions
{
    public const string Section = "Tts:Ahead";

    [Setting("Speaks what the content lets the guide say in the background, into the cache.", Live = true)]
    public bool Enabled { get; init; } = true;

    [Setting("The most speech that is kept ahead, in hours.", Live = true)]
    [Range(0.0, 1_000.0)]
    public double Hours { get; init; } = 3;

    /// <summary>Three hours are 345 MB of PCM16 at 16 kHz. Never more than four fifths of <c>Cache:sounds:FilesMb</c>: the rest is for what visitors really ask.</summary>
    [Setting("The most speech that is kept ahead, in MiB; four fifths of Cache:sounds:FilesMb if that is less.", Live = true)]
    [Range(0.0, 1_048_576.0)]
    public double Megabytes { get; init; } = 400;

    [Setting("How much of a core's time it may take, from 0.01 to 1.", Live = true)]
    [Range(0.01, 1.0)]
    public double Share { get; init; } = 0.25;

    /// <summary>Their sentences are paid for, whether somebody will hear them or not.</summary>
    [Setting("Also speaks ahead in languages whose first voice is a service elsewhere.", Live = true)]
    public bool Remote { get; init; }
}
