using Museum.Benchmarks.Speech;

var wanted = args.Length > 0 ? args : ["questions", "everyday", "delay", "recordings"];
await using var ear = new Ear();
await ear.LearnMuseumAsync();
foreach (var figure in wanted)
{
    await (figure switch
    {
        "questions" => Figures.QuestionsAsync(ear),
        "everyday" => Figures.EverydayAsync(ear),
        "delay" => Figures.DelaysAsync(ear),
        "recordings" => Figures.RecordingsAsync(ear),
        _ => throw new ArgumentException($"There is no figure \"{figure}\": questions, everyday, delay, recordings."),
    });
}
