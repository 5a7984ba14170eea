using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Calls;

/// <summary>Section <c>VoiceCall</c>: how a live call takes its turns; live for the calls that begin.</summary>
internal sealed class CallOptions
{
    public const string Section = "VoiceCall:Turns";

    [Setting("After so much silence the answer to what was heard so far is composed and held back.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan ComposeAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    [Setting("Whether an answer is composed before the end of the turn is sure. With an LLM that is paid by the word it may be thrown away.", Live = true)]
    public bool ComposeAhead { get; init; } = true;

    [Setting("So much speech while the guide speaks pauses its voice.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.032", "00:00:01")]
    public TimeSpan PauseAfter { get; init; } = TimeSpan.FromMilliseconds(64);

    [Setting("Speech that has lasted so long and still goes on interrupts the guide, whatever its words; what ends sooner must be a sentence.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:05")]
    public TimeSpan InterruptAfter { get; init; } = TimeSpan.FromMilliseconds(700);

    [Setting("So long doubtful words may be heard again before the guide answers.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(350);

    [Setting("Whether a replica that has just started asks itself a question before the first visitor does, so that nobody waits for cold code; nothing of it is kept.")]
    public bool Rehearse { get; init; } = true;

    [Setting("Whether the guide knows its own voice in the microphone, on top of the browser's echo cancellation.", Live = true)]
    public bool EchoCancellation { get; init; } = true;

    [Setting("A microphone that sends nothing for so long while somebody speaks counts as silent.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:10")]
    public TimeSpan Stall { get; init; } = TimeSpan.FromMilliseconds(500);
}
