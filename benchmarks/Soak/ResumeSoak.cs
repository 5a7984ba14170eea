using System.Globalization;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Soak;

/// <summary>
/// <c>./museum soak resume [RESUMES]</c>: visitors whose sockets are cut and whose holders are killed (SIGKILL) at random moments of an
/// answer, on a suite with two replicas of VoiceCallService. What they have in the end must be whole: nothing lost, nothing twice.
/// </summary>
internal static class ResumeSoak
{
    private const string Holder = "VoiceCallService";
    private const int Visitors = 3;

    /// <summary>After so long a killed holder is started and serves again, also on a busy machine.</summary>
    private const int RestartMs = 8_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    public static async Task<int> RunAsync(string root, string log, int resumes)
    {
        await using var suite = await RunningSuite.StartAsync(root, log, new KeyValuePair<string, string>("Museum:Replicas:voicecallservice", "2"));
        using var limit = new CancellationTokenSource(Limit);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var tally = new ResumeTally();
        var killing = KillAsync(suite, new Random(1), tally, enough.Token);
        var questions = QuestionSet.Read(Path.Combine(root, "content/exhibits"), "en", 72);
        await Task.WhenAll(Enumerable.Range(0, Visitors).Select(i => BrokenVisitor.RunAsync(suite, questions, new Random(i), tally, resumes, limit.Token)));
        await enough.CancelAsync();
        await killing;

        Console.WriteLine(Machine.Here);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Resumes} resumes, {tally.Kills} holders killed: {tally.Answers} answers, {tally.Lost} with something lost, {tally.Doubled} with something twice, {tally.BrokenOff} that said that they broke off, {tally.Refused} calls that could not be resumed"));
        tally.Remarks.ToList().ForEach(Console.WriteLine);
        return tally is { Lost: 0, Doubled: 0, Refused: 0 } && tally.Resumes >= resumes ? 0 : 1;
    }

    private static async Task KillAsync(RunningSuite suite, Random random, ResumeTally tally, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(random.Next(RestartMs, 2 * RestartMs), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var holders = suite.Processes().Where(p => p.Name == Holder).ToArray();
            // One that serves is always left to go on with.
            if (holders.Length == 2 && await AreReadyAsync(suite, ct))
            {
                Signals.Send(holders[random.Next(2)].Id, Signals.Kill);
                tally.Killed();
            }
        }
    }

    private static async Task<bool> AreReadyAsync(RunningSuite suite, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = suite.Address, Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), ct)).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
