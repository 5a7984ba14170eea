using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

[Collection(CallCollection.Name)]
public sealed class RehearsalTests(CallHost host)
{
    [Fact]
    public async Task Before_the_first_visitor_an_answer_is_composed_and_spoken_to_nobody_and_forgotten()
    {
        host.Ear.Say(new Hears("", ""));
        await using var replica = await host.StartReplicaAsync([new("VoiceCall:Turns:Rehearse", "true")]);

        await Eventually.TrueAsync(() => !host.Tokens.Left.IsEmpty, "the visitor of the rehearsal leaves again", TimeSpan.FromSeconds(60));

        var session = Assert.Single(host.Tokens.Left);
        // More than once, if the first voice is late.
        var asked = host.Guide.Asked.Where(a => a.SessionId == session).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, a => Assert.True(a.Speculative));
        var spoken = host.Voice.Composed.Where(s => s.Session == session).ToArray();
        Assert.NotEmpty(spoken);
        Assert.All(spoken, s => Assert.True(s.Speculative));
        await Eventually.TrueAsync(() => asked.All(a => host.Voice.Interrupted.Any(i => i.Session == session && i.ThroughTurn == a.TurnId)));
        Assert.Single(host.Ear.SentIn(session));
    }
}
