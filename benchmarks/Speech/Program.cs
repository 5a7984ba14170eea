using Museum.Benchmarks.Speech;

var wanted = args.Length > 0 ? args : ["voices", "questions", "everyday", "delay", "recordings"];
if (wanted.Contains("voices"))
{
    await Speaking.VoicesAsync();
    wanted = [.. wanted.Except(["voices"])];
}

if (wanted.Length == 0)
{
    return;
}

await using var ear = new Ear();
await ear.LearnMuseumAsync();
foreach (var figure in wanted)
{
    await (figure switch
    {
        "questions" => Figures.QuestionsAsync(ear),
        "content" => Figures.ContentAsync(ear),
        "everyday" => Figures.EverydayAsync(ear),
        "delay" => Figures.DelaysAsync(ear),
        "recordings" => Figures.RecordingsAsync(ear),
        _ => throw new ArgumentException($"There is no figure \"{figure}\": voices, questions, everyday, delay, recordings, content."),
    });
}
