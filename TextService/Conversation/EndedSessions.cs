using System.Threading.Channels;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.TextService.Conversation;

/// <summary>Deletes what was said in a session as soon as the session is ended; what was ended while this process was away, at its start.</summary>
internal sealed class EndedSessions : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // All visitors of a busy day may be logged out at once. What falls out is forgotten by Redis when its time is over.
    private readonly Channel<string> ended = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly RevokedSessions revoked;
    private readonly ConversationStore conversations;
    private readonly TimeProvider time;

    public EndedSessions(RevokedSessions revoked, ConversationStore conversations, TimeProvider time)
    {
        (this.revoked, this.conversations, this.time) = (revoked, conversations, time);
        // Before any hosted service starts: the first reading tells of all that are remembered.
        revoked.Ended += Note;
    }

    public override void Dispose()
    {
        revoked.Ended -= Note;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var session in ended.Reader.ReadAllAsync(stoppingToken))
            {
                await ForgetAsync(session, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Note(IReadOnlyCollection<string> sessions)
    {
        foreach (var session in sessions)
        {
            ended.Writer.TryWrite(session);
        }
    }

    private async Task ForgetAsync(string session, CancellationToken ct)
    {
        try
        {
            await conversations.ForgetAsync(session, ct);
        }
        catch (DependencyException)
        {
            ended.Writer.TryWrite(session);
            await Task.Delay(RetryAfter, time, ct);
        }
    }
}
