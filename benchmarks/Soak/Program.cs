// ./museum soak [MINUTES]: a suite of its own under four visitors who ask, listen and interrupt. Exits with 1 when one of them had to do without.
// ./museum soak resume [RESUMES]: their connections break and their holders are killed. Exits with 1 when something was lost or came twice.
using System.Globalization;
using Museum.Benchmarks.Soak;

var (root, log) = (args[0], args[1]);
return args.ElementAtOrDefault(2) == "resume"
    ? await ResumeSoak.RunAsync(root, log, int.Parse(args.ElementAtOrDefault(3) ?? "100", CultureInfo.InvariantCulture))
    : await ListenSoak.RunAsync(root, log, double.Parse(args.ElementAtOrDefault(2) ?? "5", CultureInfo.InvariantCulture));
