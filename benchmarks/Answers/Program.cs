// What the guide answers: Answers CONTENT-FOLDER [--list] [--entries N] [en|zh] [KIND …]. See README.md.
using Museum.Benchmarks.Answers;

await new AnswersRun(AnswersOptions.Read(args)).PrintAsync(Console.Out);
