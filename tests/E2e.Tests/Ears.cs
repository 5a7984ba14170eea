using System.Text.Json;
using Microsoft.Playwright;

namespace Museum.E2e.Tests;

/// <summary>What one frame of the page showed while this sound came out of it.</summary>
internal sealed record Moment
{
    /// <summary>The greatest sample of the last 20 ms, 0 to 1.</summary>
    public double Loudness { get; init; }

    /// <summary>The mouth's shape; <c>sil</c> is closed.</summary>
    public string Viseme { get; init; } = "";

    /// <summary>Words of the answer that are marked as said.</summary>
    public int Words { get; init; }
}

/// <summary>Ears beside the page's loudspeaker: everything that is connected to it is heard, frame by frame, together with what is seen.</summary>
internal static class Ears
{
    private const string Script =
        """
        (() => {
          const connect = AudioNode.prototype.connect;
          const ears = new Map();
          AudioNode.prototype.connect = function (target, ...rest) {
            if (target instanceof AudioDestinationNode) {
              if (!ears.has(this.context)) ears.set(this.context, new AnalyserNode(this.context, { fftSize: 1024 }));
              connect.call(this, ears.get(this.context));
            }
            return connect.call(this, target, ...rest);
          };
          const samples = new Float32Array(1024);
          globalThis.moments = [];
          const look = () => {
            if (document.documentElement.dataset.voice === 'playing') {
              let loudness = 0;
              for (const ear of ears.values()) {
                ear.getFloatTimeDomainData(samples);
                loudness = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), loudness);
              }
              moments.push({
                loudness,
                viseme: document.querySelector('[data-testid=mouth]')?.dataset.viseme ?? '',
                words: document.querySelectorAll('[data-testid=answer] [data-word].said').length,
              });
            }
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })();
        """;

    public static Task ListenAsync(IPage page) => page.AddInitScriptAsync(Script);

    /// <summary>What was heard and seen since the page was loaded, while the guide spoke.</summary>
    public static async Task<Moment[]> MomentsAsync(VisitorPage visitor) =>
        (await visitor.Page.EvaluateAsync<JsonElement>("() => moments")).Deserialize<Moment[]>(JsonSerializerOptions.Web)!;
}
