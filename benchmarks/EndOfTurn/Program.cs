using Museum.Benchmarks.EndOfTurn;
using Museum.VoiceCallService.EndOfTurn;

Console.WriteLine("                     cut off   end → known: mean   p50   p95 ms");
foreach (var language in (string[])["en", "zh"])
{
    var pauses = Pause.Read(language);
    var rule = new EndOfTurnRule(new EndOfTurnOptions());
    Console.WriteLine($"{language}: {pauses.Count(p => p.Length is null)} ends, {pauses.Count(p => p.Length is not null)} pauses");
    Console.WriteLine(Outcome.Of("adaptive", pauses, heard => rule.SilenceAfter(heard, language)));
    foreach (var fixedSilence in (int[])[300, 500, 800, 1_000])
    {
        Console.WriteLine(Outcome.Of($"fixed {fixedSilence} ms", pauses, _ => TimeSpan.FromMilliseconds(fixedSilence)));
    }

    if (args.Contains("--list"))
    {
        foreach (var pause in pauses.OrderBy(p => p.Length is null))
        {
            var silence = rule.SilenceAfter(pause.Heard, language);
            var verdict = pause.Length is { } length ? silence < length ? "CUT OFF" : "waits" : silence > TimeSpan.FromMilliseconds(500) ? "SLOW" : "ends";
            Console.WriteLine($"    {verdict,-8}{silence.TotalMilliseconds,5:F0} ms  {pause.Length?.TotalMilliseconds,5:F0}  {pause.Heard}");
        }
    }
}
