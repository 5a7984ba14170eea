using System.Text.Json.Nodes;
using Museum.TestKit;
using Museum.TextService.Content;

namespace TextService.Tests;

/// <summary>Curators change files while the guide is talking.</summary>
public sealed class LiveContentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("museum-content-").FullName;

    public LiveContentTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "exhibits"));
        File.Copy(Path.Combine(MuseumContent.Folder, "halls.yaml"), Path.Combine(folder, "halls.yaml"));
        foreach (var id in new[] { "mona-lisa", "scream" })
        {
            File.Copy(Path.Combine(MuseumContent.Folder, "exhibits", id + ".md"), FileOf(id));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_exhibit_is_known_without_a_restart_and_a_changed_one_answers_anew()
    {
        await using var service = await StartAsync();
        var before = (string?)(await service.AskAsync("What is the Zanzibar Vase made of?"))["content_version"];
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text());
        await EventuallySaysAsync(service, "glass");
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text(material: "silver"));
        var answer = await EventuallySaysAsync(service, "silver");
        Assert.NotEqual(before, (string?)answer["content_version"]);
    }

    [Fact]
    public async Task A_faulty_entry_is_reported_and_hides_no_other()
    {
        await using var service = await StartAsync();
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text().Replace("hall: 3", "hall: three", StringComparison.Ordinal));
        var reading = await Eventually.GetAsync(async () =>
        {
            var content = JsonNode.Parse(await service.Http.GetStringAsync("/health"))!["capabilities"]!["content"]!;
            return (string?)content["state"] == "degraded" ? content : null;
        });
        Assert.Contains("vase.md:3:", (string?)reading["reason"], StringComparison.Ordinal);
        Assert.Contains("Leonardo", (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_becomes_faulty_is_served_as_it_was()
    {
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text());
        await using var service = await StartAsync();
        await File.WriteAllTextAsync(FileOf("vase"), "no entry at all");
        await Eventually.TrueAsync(async () => (await service.Http.GetStringAsync("/health")).Contains("vase.md:1:", StringComparison.Ordinal));
        await EventuallySaysAsync(service, "glass");
    }

    [Fact]
    public async Task A_removed_exhibit_is_not_spoken_of_any_more()
    {
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text());
        await using var service = await StartAsync();
        await EventuallySaysAsync(service, "glass");
        File.Delete(FileOf("vase"));
        await Eventually.TrueAsync(async () => !(bool)(await service.AskAsync("What is the Zanzibar Vase made of?"))["grounded"]!);
    }

    [Fact]
    public async Task A_folder_that_is_away_takes_no_exhibit_with_it_and_is_watched_again_when_it_is_back()
    {
        await using var service = await StartAsync();
        Directory.Move(folder, folder + "-away");
        service.Get<ContentChanges>().OfFiles();
        await service.CapabilityAsync("content", "degraded");
        Assert.Contains("Leonardo", (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["answer"], StringComparison.Ordinal);
        Directory.Move(folder + "-away", folder);
        await service.CapabilityAsync("content", "ok");
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text());
        await EventuallySaysAsync(service, "glass");
    }

    [Fact]
    public async Task What_could_not_be_read_is_read_again_without_another_change()
    {
        await using var service = await StartAsync();
        var outside = Directory.CreateTempSubdirectory("museum-outside-").FullName;
        var target = Path.Combine(outside, "vase.md");
        File.CreateSymbolicLink(target, target);
        File.CreateSymbolicLink(FileOf("vase"), target);
        await service.CapabilityAsync("content", "degraded");
        File.Delete(target);
        await File.WriteAllTextAsync(target, SampleEntry.Text());
        await EventuallySaysAsync(service, "glass");
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task Another_name_of_a_hall_is_another_version_of_the_content()
    {
        await using var service = await StartAsync();
        var before = (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["content_version"];
        var halls = Path.Combine(folder, "halls.yaml");
        await File.WriteAllTextAsync(halls, (await File.ReadAllTextAsync(halls)).Replace("Sculpture", "Statues", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["content_version"] != before);
    }

    [Fact]
    public async Task Test_questions_are_not_indexed()
    {
        await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text());
        await using var service = await StartAsync();
        Assert.False((bool)(await service.AskAsync("Who hid the xylophone in the Zanzibar Vase?"))["grounded"]!);
    }

    [Fact]
    public async Task While_files_change_every_answer_is_whole()
    {
        await using var service = await StartAsync();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await File.WriteAllTextAsync(FileOf("vase"), SampleEntry.Text(material: $"glass number {i}"));
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        });
        var versions = new HashSet<string?>();
        await Eventually.TrueAsync(async () =>
        {
            var answer = await service.AskAsync("Who painted the Mona Lisa?");
            Assert.Contains("Leonardo", (string?)answer["answer"], StringComparison.Ordinal);
            return versions.Add((string?)answer["content_version"]) && versions.Count >= 3;
        });
        await stop.CancelAsync();
        await writing;
    }

    private string FileOf(string id) => Path.Combine(folder, "exhibits", id + ".md");

    private Task<RunningService> StartAsync() => RunningService.StartAsync(("Museum:Content", folder));

    private static Task<JsonObject> EventuallySaysAsync(RunningService service, string words) => Eventually.GetAsync(async () =>
    {
        var answer = await service.AskAsync("What is the Zanzibar Vase made of?");
        return ((string?)answer["answer"])!.Contains(words, StringComparison.Ordinal) ? answer : null;
    });
}
