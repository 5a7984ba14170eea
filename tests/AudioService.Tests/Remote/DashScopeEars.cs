using System.Text.Json;

namespace Museum.AudioService.Tests.Remote;

/// <summary>
/// The recognising side of the protocol: <c>task: asr</c>, sound in binary messages of 1–16 KB, the sentence at hand with every 300 ms of
/// it, its last form when the task is finished.
/// </summary>
internal sealed partial class DashScopeServer
{
    private const int WordBytes = 16_000 * sizeof(short) * 3 / 10;

    /// <summary>What it hears, a word per 300 ms, over and over; a sentence has three.</summary>
    public string[] Hears { get; set; } = ["谁", "画", "的"];

    public bool HearsWithSpaces { get; set; }

    /// <summary>Bytes of sound that came, on all connections.</summary>
    public long SoundBytes { get; private set; }

    public int LargestSound { get; private set; }

    /// <summary>Fails tasks with this error code, or hangs up, when so many words were heard.</summary>
    public int? StopsAfterWords { get; set; }

    /// <summary>Results come no more.</summary>
    public bool IsMute { get; set; }

    public bool SendsGarbage { get; set; }

    private sealed partial class Connection
    {
        private bool isHearing;
        private long bytes;
        private int words;

        private static bool IsRecognition(JsonElement payload) =>
            payload.GetProperty("task_group").GetString() == "audio" && payload.GetProperty("task").GetString() == "asr" && payload.GetProperty("function").GetString() == "recognition"
            && payload.GetProperty("parameters") is var p && p.GetProperty("format").GetString() == "pcm" && p.GetProperty("sample_rate").GetInt32() == 16_000;

        private void BeginHearing() => (isHearing, bytes, words) = (true, 0, 0);

        private async Task HearAsync(byte[] sound, CancellationToken ct)
        {
            try
            {
                await AnswerSoundAsync(sound, ct);
            }
            catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or OperationCanceledException)
            {
                // The client has gone; what it leaves is counted where the connection ends.
            }
        }

        private async Task AnswerSoundAsync(byte[] sound, CancellationToken ct)
        {
            if (!isHearing || sound.Length is > 16_384 or 0)
            {
                await FailAsync(task ?? "", "InvalidParameter", ct);
                return;
            }

            (server.SoundBytes, server.LargestSound) = (server.SoundBytes + sound.Length, Math.Max(server.LargestSound, sound.Length));
            bytes += sound.Length;
            await (server.HoldsSound?.Task.WaitAsync(ct) ?? Task.CompletedTask);
            if (words == 0)
            {
                await SentenceAsync(0, 0, heartbeat: true, ct);
            }

            while (bytes / WordBytes > words && !server.IsMute)
            {
                words++;
                if (words == server.StopsAfterWords)
                {
                    await StopAsync(ct);
                    return;
                }

                await SentenceAsync((words - 1) / 3 * 3, words, heartbeat: false, ct);
            }
        }

        private async Task StopAsync(CancellationToken ct)
        {
            isHearing = false;
            if (server.SendsGarbage)
            {
                await SendAsync(socket, "{\"header\":", ct);
            }
            else if (server.Fails is { } code)
            {
                await FailAsync(task!, code, ct);
            }
            else
            {
                socket.Abort();
            }
        }

        private async Task FinishHearingAsync(CancellationToken ct)
        {
            if (server.IsMute)
            {
                return;
            }

            if (words % 3 != 0)
            {
                await SentenceAsync(words / 3 * 3, words, heartbeat: false, ct, ends: true);
            }

            (isHearing, idleSince) = (false, server.Now);
            var finished = task!;
            task = null;
            await EventAsync("task-finished", new { output = new { }, usage = new { duration = 1 } }, ct, finished);
        }

        private Task SentenceAsync(int from, int to, bool heartbeat, CancellationToken ct, bool ends = false)
        {
            var said = Enumerable.Range(from, to - from).Select(i => (Text: server.Hears[i % server.Hears.Length], Begin: i * 300, End: (i + 1) * 300)).ToArray();
            ends |= said.Length == 3;
            var sentence = new
            {
                begin_time = from * 300,
                end_time = ends ? to * 300 : (int?)null,
                text = string.Join(server.HearsWithSpaces ? " " : "", said.Select(w => w.Text)) + (ends ? "。" : ""),
                heartbeat,
                sentence_end = ends,
                words = said.Select((w, i) => new { begin_time = w.Begin, end_time = w.End, text = w.Text, punctuation = ends && i == said.Length - 1 ? "。" : "" }),
            };
            return EventAsync("result-generated", new { output = new { sentence }, usage = (object?)null }, ct);
        }
    }
}
