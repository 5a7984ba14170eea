using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Tests.Configuration;

public enum Metal
{
    Bronze,
    Iron,
}

/// <summary>Settings of every kind.</summary>
public sealed class BellOptions
{
    public const string Section = "Bell";

    [Setting("Strokes an hour.", Live = true)]
    [Range(1, 100)]
    public int Strokes { get; init; } = 12;

    [Setting("How loud.", Live = true)]
    [Range(0.0, 1.0)]
    public double Volume { get; init; } = 0.5;

    [Setting("How long it sounds.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Sounds { get; init; } = TimeSpan.FromSeconds(3);

    [Setting("What it is made of.", Live = true)]
    public Metal Metal { get; init; }

    [Setting("Whether it strikes.", Live = true)]
    public bool Strikes { get; init; } = true;

    [Setting("What is written on it.", Live = true)]
    [Required]
    public string Inscription { get; init; } = "vivos voco";

    [Setting("Who hears of it.", Live = true)]
    public Uri? Listener { get; init; }

    [Setting("What the listener asks for.", Live = true, Secret = true)]
    public string? Password { get; init; }

    [Setting("Where it hangs: cast in place.")]
    public string Tower { get; init; } = "north";

    [Setting("Rests by weekday.", Live = true)]
    public Dictionary<string, bool> Rests { get; init; } = [];

    public ClapperOptions Clapper { get; init; } = new();

    public string[] Ringers { get; init; } = ["Ada"];
}

public sealed class ClapperOptions
{
    [Setting("Kilograms.", Live = true)]
    [Range(1, 900)]
    public int Weight { get; init; } = 40;
}
