using Grpc.Core;
using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests;

/// <summary>A service with a scripted model, and how it is asked.</summary>
internal static class ModelCalls
{
    public static Task<RunningService> StartAsync(ScriptedModel model, params (string, string)[] more) =>
        RunningService.WithModelAsync(model, [("Museum:Content", MuseumContent.Few), ("Llm:ApiKey", "not-a-secret"), .. more]);

    public static async Task<AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse>> OpenAsync(RunningService service, string text, long turn = 1)
    {
        var call = service.Guide.Converse(service.As(TokenIssuer.NewSession()));
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = Start(text, turn) });
        return call;
    }

    public static ConverseStart Start(string text, long turn = 1) => new() { Text = text, TurnId = turn, EnableRetrieval = true };
}
