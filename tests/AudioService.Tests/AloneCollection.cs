namespace Museum.AudioService.Tests;

/// <summary>For tests that measure or change what belongs to the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
