using System.Diagnostics;

namespace Museum.VoiceCallService.Realtime;

/// <summary>How a client came in.</summary>
/// <param name="Token">Of the handshake, verified; null: REGISTER brings it.</param>
/// <param name="CallId">Of the ticket that opened the socket; null: none.</param>
/// <param name="HasMicrophone">A live call, not one in writing.</param>
/// <param name="Parent">The trace of the request.</param>
internal sealed record Entrance(string? Token, string? CallId, bool HasMicrophone, ActivityContext Parent)
{
    /// <summary>For errors that the client is told; null: nobody traces it.</summary>
    public string? TraceId => Parent.TraceId == default ? null : Parent.TraceId.ToString();
}
