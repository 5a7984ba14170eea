namespace Museum.AudioService.Tests;

/// <summary>One service and one broker for all tests that need them.</summary>
[CollectionDefinition(Name)]
public sealed class AudioCollection : ICollectionFixture<AudioHost>
{
    public const string Name = "audio";
}
