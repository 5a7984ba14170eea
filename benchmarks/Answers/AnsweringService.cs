using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Museum.TextService;
using Museum.TextService.Answers;
using Museum.TextService.Content;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Sentences;

namespace Museum.Benchmarks.Answers;

/// <summary>TextService whole, with a museum's content in it, without a model; it is asked where its doors would ask.</summary>
internal sealed class AnsweringService : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("museum-bench-answers-").FullName;
    private readonly WebApplication app;

    private AnsweringService(string content) => app = TextServiceHost.Build(
    [
        "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:grpc:Protocols=Http2",
        $"--Museum:Data={data}", $"--Museum:Content={content}", "--hostBuilder:reloadConfigOnChange=false", "--Logging:LogLevel:Default=None",
        // No token is ever asked for.
        "--Services:sessionservice:http:0=http://127.0.0.1:9",
    ]);

    public ContentHolder Content => app.Services.GetRequiredService<ContentHolder>();

    /// <param name="content">The folder of the museum's entries.</param>
    /// <param name="entries">Entries in all; what the museum does not have is generated.</param>
    public static async Task<AnsweringService> StartAsync(string content, int entries)
    {
        var service = new AnsweringService(content);
        await service.app.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!service.Content.IsLoaded)
        {
            await Task.Delay(50, patience.Token);
        }

        using var lease = service.Content.Use();
        var (exhibits, halls) = (lease.Index.Exhibits, lease.Index.Halls);
        if (entries > exhibits.Count)
        {
            var index = new ContentIndex([.. exhibits, .. GeneratedEntries.Make(entries - exhibits.Count)], halls, "generated", Environment.ProcessorCount);
            await OfferedQuestions.CheckAsync(index, new RetrievalOptions(), CancellationToken.None, lease.Index);
            service.Content.Swap(index);
        }

        return service;
    }

    public async Task<GivenAnswer> AskAsync(AskedQuestion asked)
    {
        var request = new TurnRequest
        {
            Text = asked.Question,
            History = [.. (asked.History ?? []).SelectMany(h => new[] { new PastMessage(true, h.Visitor), new PastMessage(false, h.Guide) })],
        };
        var parts = await app.Services.GetRequiredService<TurnRunner>().RunAsync(request, NoFunctions.Instance, CancellationToken.None).ToListAsync();
        var text = string.Concat(parts.OfType<AnswerPart.Delta>().Select(d => d.Text));
        var done = parts.OfType<AnswerPart.Done>().Single();
        using var lease = Content.Use();
        var question = Parser.Parse(asked.Question, null, request.History, lease.Index);
        return new GivenAnswer(
            $"{question.Kind}: {question.Understood} [{string.Join(", ", question.Mentions.Select(m => $"{m.Strength} {string.Join('/', m.Exhibits.Select(e => lease.Index.Exhibits[e].Id))}"))}]",
            text,
            SentenceCutter.Cut(text, CutRules.Prose),
            [.. parts.OfType<AnswerPart.Sources>().SelectMany(s => s.Exhibits).Select(s => s.Id)],
            done.Grounded,
            TimeSpan.FromMilliseconds(done.Timing.TotalMs));
    }

    /// <summary>How long it takes from one edited entry to the index that visitors are answered from, its suggested questions tried out.</summary>
    public async Task<(TimeSpan Took, TimeSpan Cpu)> ReindexAsync()
    {
        using var lease = Content.Use();
        Exhibit[] edited = [.. lease.Index.Exhibits];
        edited[0] = edited[0] with { Sources = [] };
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var (index, _) = await app.Services.GetRequiredService<LiveContent>().IndexAsync(edited, lease.Index.Halls, "edited", lease.Index, CancellationToken.None);
        var took = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        index.Dispose();
        return took;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
