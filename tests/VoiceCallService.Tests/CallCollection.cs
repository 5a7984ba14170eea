namespace Museum.VoiceCallService.Tests;

/// <summary>One host for all tests that do not break it; they run one after another and each sets its own script.</summary>
[CollectionDefinition(Name)]
public sealed class CallCollection : ICollectionFixture<CallHost>
{
    public const string Name = "call";
}
