using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Status;
using Museum.VoiceCallService.Turns;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// One turn before the first visitor's, which else would wait for code to be compiled, keys to be fetched and connections to be opened in
/// every service on its way:
/// <code>
/// 1 there is a voice   readiness does not wait for it: a house without one is open too
/// 2 a question         its answer is composed and its first sentence spoken, held as for a visitor who may not have finished
/// 3 discarded          nobody hears it, and nothing of it is remembered or counted as asked
/// 4 some noise         heard by voice activity and recognition
/// </code>
/// </summary>
internal sealed partial class Rehearsal(
    ConnectionParts parts, PassingVisitor visitor, GuideStatus status, IOptionsMonitor<CallOptions> options, ILogger<Rehearsal> logger) : BackgroundService
{
    private const string Asked = "What can I see here?";

    /// <summary>A suite starts within a minute; after it visitors have done it all.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>There is a voice, but the guide is still reading what it knows.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.CurrentValue.Rehearse)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var over = parts.Time.CreateTimer(_ => limit.Cancel(), null, Longest, Timeout.InfiniteTimeSpan);
        try
        {
            await VoiceAsync(limit.Token);
            await RehearseAsync(limit.Token);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // What the first visitor then waits for is all that it costs.
            LogCold(logger, e.GetType().Name);
        }
    }

    private async Task VoiceAsync(CancellationToken ct)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        status.Changed += Look;
        try
        {
            Look();
            await there.Task.WaitAsync(ct);
        }
        finally
        {
            status.Changed -= Look;
        }

        void Look()
        {
            if (status.HasVoice)
            {
                there.TrySetResult();
            }
        }
    }

    private async Task RehearseAsync(CancellationToken ct)
    {
        var pass = await visitor.EnterAsync(ct);
        try
        {
            using var session = parts.Opening.Open(pass.SessionId, pass.AccessToken, new RegisterPayload { RequireTts = true, Language = "en", Features = Features.All });
            while (!await AskAsync(session, ct))
            {
                await Task.Delay(AskAgainAfter, parts.Time, ct);
            }

            await new CallEar(parts.Calls.Value.Engine, parts.Calls.Value.VoiceActivity.CurrentValue).HearAsync(Noise(), _ => { }, ct);
            using var noise = new UtteranceAudio();
            noise.Append(Noise());
            noise.End();
            await parts.Recognizer.RecognizeAsync(noise, session, default, _ => { }, ct);
        }
        finally
        {
            // Also when this service stops: it has a deadline of its own.
            await visitor.LeaveAsync(pass, CancellationToken.None);
        }
    }

    /// <returns>False: there was no answer, or no voice for it.</returns>
    private async Task<bool> AskAsync(ClientSession session, CancellationToken ct)
    {
        var nobody = new Outbox(parts.Time, new Fence()) { SessionId = session.Id };
        await using var desk = new TurnDesk(session, nobody, parts.Runner, parts.Numbers, parts.Publisher, parts.Time);
        var question = new Question(Asked)
        {
            WantsVoice = true,
            EnableSrs = true,
            // Where the guide may not be asked in vain, it says something by itself.
            Reply = options.CurrentValue.ComposeAhead ? null : CallPhrases.Greeting("en"),
        };
        var turn = (await desk.HoldAsync(question, ct))!;
        var began = parts.Time.GetTimestamp();
        await Task.WhenAny(turn.Hold.Prepared, turn.Completion).WaitAsync(ct);
        var took = parts.Time.GetElapsedTime(began);
        await desk.DiscardAsync(ct);
        if (turn.Times.VoiceTtfbMs is null)
        {
            return false;
        }

        LogRehearsed(logger, took.TotalMilliseconds);
        return true;
    }

    /// <summary>Louder than a room, so that the model is asked.</summary>
    private static short[] Noise() => [.. Enumerable.Range(0, UtteranceAudio.SampleRate / 2).Select(i => (short)(i * 7919 % 8192))];

    [LoggerMessage(Level = LogLevel.Information, Message = "The first answer, to nobody, took {Milliseconds} ms to its voice")]
    private static partial void LogRehearsed(ILogger logger, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The first answer was not rehearsed: {Reason}")]
    private static partial void LogCold(ILogger logger, string reason);
}
