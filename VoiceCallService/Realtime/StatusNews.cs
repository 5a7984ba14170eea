using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Status;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Tells a client that asked for it what the house can do, and whenever that changes.</summary>
internal sealed class StatusNews : IDisposable
{
    private readonly Lock telling = new();
    private readonly ClientSession session;
    private readonly Outbox outbox;
    private readonly GuideStatus guide;
    private StatusPayload? told;

    public StatusNews(ClientSession session, Outbox outbox, GuideStatus guide)
    {
        (this.session, this.outbox, this.guide) = (session, outbox, guide);
        guide.Changed += Tell;
    }

    /// <summary>A socket that shows the call from now on has been told nothing.</summary>
    public void TellAgain()
    {
        told = null;
        Tell();
    }

    public void Dispose() => guide.Changed -= Tell;

    private void Tell()
    {
        if (!session.Wants(Features.Status))
        {
            return;
        }

        lock (telling)
        {
            // Read under the lock, so that the last one told is the last one true.
            var status = guide.Read();
            var isNews = told is null || told.Capabilities.Any(c => status.Capabilities[c.Key] != c.Value);
            if (isNews && outbox.TrySend(MessageTypes.Status, status))
            {
                told = status;
            }
        }
    }
}
