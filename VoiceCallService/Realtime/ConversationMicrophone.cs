using System.Runtime.InteropServices;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Buffers;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>The microphone of a conversation: it belongs to the question that is spoken with the button held, else to the open call.</summary>
/// <param name="session">Whose.</param>
/// <param name="pushToTalk">Has it while a button is held.</param>
/// <param name="openCall">Makes the live call.</param>
/// <param name="admission">Gives a line to who was not expected to have a microphone.</param>
/// <param name="isAdmitted">A microphone was expected and has its line; else it takes one with its first frame.</param>
internal sealed class ConversationMicrophone(ClientSession session, PushToTalk pushToTalk, Func<LiveCall> openCall, CallAdmission admission, bool isAdmitted) : IAsyncDisposable
{
    private readonly Lock opening = new();
    private LiveCall? call;
    private IDisposable? line;
    private bool isRefused;
    private bool over;

    /// <param name="frame">PCM16 at 16 kHz; with <c>numbered_audio</c> the index of its first sample before it.</param>
    /// <exception cref="ProtocolException">It is no such frame, or no line is free, which is said once.</exception>
    public void Hear(ReadOnlySpan<byte> frame)
    {
        uint? firstSample = null;
        var pcm = MemoryMarshal.Cast<byte, short>(frame);
        if (session.Wants(Features.NumberedAudio))
        {
            firstSample = NumberedFrame.TryRead(frame, out var first, out pcm) ? first : throw ProtocolException.Malformed("A numbered frame is the index of its first sample and whole samples.");
        }
        else if (frame.Length % 2 != 0)
        {
            throw ProtocolException.Malformed("A microphone frame holds half a sample.");
        }

        if (pushToTalk.IsOpen)
        {
            pushToTalk.Add(pcm);
            return;
        }

        Open()?.Hear(pcm, firstSample);
    }

    public async ValueTask DisposeAsync()
    {
        lock (opening)
        {
            over = true;
        }

        await (call?.DisposeAsync() ?? ValueTask.CompletedTask);
        line?.Dispose();
    }

    /// <returns>Null: the conversation ended while its socket was being read, or there is no line for its microphone.</returns>
    private LiveCall? Open()
    {
        lock (opening)
        {
            if (over || isRefused || call is not null)
            {
                return over ? null : call;
            }

            if (!isAdmitted)
            {
                isRefused = true;
                line = admission.AdmitMicrophone();
                isRefused = false;
            }

            return call = openCall();
        }
    }
}
