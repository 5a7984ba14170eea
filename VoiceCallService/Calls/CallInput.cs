using System.Buffers;

namespace Museum.VoiceCallService.Calls;

/// <summary>What a call has to do next: hear a frame of the microphone, act on what was heard, or see whether the microphone fell silent.</summary>
/// <param name="Samples">16 kHz mono in a buffer of the pool; null: no frame.</param>
/// <param name="Length">How many of them.</param>
/// <param name="FirstSample">The frame's place, where the client numbers them.</param>
/// <param name="Heard">Its final transcript is there.</param>
internal readonly record struct CallInput(short[]? Samples, int Length, uint? FirstSample = null, CallUtterance? Heard = null)
{
    /// <summary>The microphone's frame is copied: its buffer belongs to the socket.</summary>
    public static CallInput Frame(ReadOnlySpan<short> pcm, uint? firstSample)
    {
        var samples = ArrayPool<short>.Shared.Rent(pcm.Length);
        pcm.CopyTo(samples);
        return new CallInput(samples, pcm.Length, firstSample);
    }

    public void Return()
    {
        if (Samples is not null)
        {
            ArrayPool<short>.Shared.Return(Samples);
        }
    }
}
