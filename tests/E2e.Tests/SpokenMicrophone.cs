using Microsoft.Playwright;

namespace Museum.E2e.Tests;

/// <summary>A microphone that hears what a test says, when it says so: Chromium's own plays its file by the clock, and an interruption has its moment.</summary>
internal static class SpokenMicrophone
{
    private const string Script =
        """
        (() => {
          let room;
          navigator.mediaDevices.getUserMedia = async () => {
            const context = new AudioContext({ sampleRate: 48000 });
            room = context.createMediaStreamDestination();
            return room.stream;
          };
          globalThis.say = async (wav) => {
            const bytes = Uint8Array.from(atob(wav), (character) => character.charCodeAt(0));
            const voice = room.context.createBufferSource();
            voice.buffer = await room.context.decodeAudioData(bytes.buffer);
            voice.connect(room);
            voice.start();
          };
        })();
        """;

    public static Task PlugInAsync(IPage page) => page.AddInitScriptAsync(Script);

    public static Task SayAsync(IPage page, byte[] voice) => page.EvaluateAsync("wav => say(wav)", Convert.ToBase64String(Speech.Wav([voice])));
}
