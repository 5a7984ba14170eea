using Grpc.Core;
using Museum.Audio.V1;
using Museum.Session.V1;

namespace Museum.ServiceDefaults.Tests.Grpc;

/// <summary>What a called service saw, and what it does.</summary>
internal sealed class CallScript
{
    public Action<ServerCallContext> OnCall { get; set; } = _ => { };

    public string? Authorization { get; private set; }

    public DateTime Deadline { get; private set; }

    public void Take(ServerCallContext context)
    {
        Authorization = context.RequestHeaders.GetValue("authorization");
        Deadline = context.Deadline;
        OnCall(context);
    }
}

internal sealed class ScriptedSessions(CallScript script) : Sessions.SessionsBase
{
    public override Task<TokenResponse> Renew(RenewRequest request, ServerCallContext context)
    {
        script.Take(context);
        return Task.FromResult(new TokenResponse { SessionId = "sess_1" });
    }
}

internal sealed class ScriptedSpeech(CallScript script) : Speech.SpeechBase
{
    public override async Task Listen(ListenRequest request, IServerStreamWriter<SpeechChunk> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new SpeechChunk(), context.CancellationToken);
        script.Take(context);
    }
}
