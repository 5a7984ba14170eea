global using Kind = Museum.Text.V1.ConverseResponse.KindOneofCase;

using Grpc.Core;
using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests;

internal static class Conversing
{
    /// <summary>A whole turn: start, half-close, everything that comes.</summary>
    public static async Task<List<ConverseResponse>> ConverseAsync(this RunningService service, string session, ConverseStart start)
    {
        using var call = service.Guide.Converse(service.As(session));
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = start });
        await call.RequestStream.CompleteAsync();
        return await call.RestAsync();
    }

    /// <summary>Everything that still comes.</summary>
    public static async Task<List<ConverseResponse>> RestAsync(this AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse> call)
    {
        var parts = new List<ConverseResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).SoonAsync())
        {
            parts.Add(call.ResponseStream.Current);
        }

        return parts;
    }

    /// <summary>Reads on until a part is of the kind.</summary>
    public static async Task<ConverseResponse> UntilAsync(this AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse> call, Kind kind)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None).SoonAsync())
        {
            if (call.ResponseStream.Current.KindCase == kind)
            {
                return call.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException($"The call ended without {kind}.");
    }
}
