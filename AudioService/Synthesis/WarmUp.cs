using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.AudioService.Synthesis;

/// <summary>Says one sentence per language to nobody at the start, so that the first visitor does not wait for code to be compiled.</summary>
internal sealed partial class WarmUp(Narrator narrator, WorkScheduler scheduler, ILogger<WarmUp> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var language in narrator.Languages)
        {
            scheduler.Schedule("voice_warm_up", ct => SayAsync(language, ct), WorkPriority.Low, cancellationToken: CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SayAsync(string language, CancellationToken ct)
    {
        try
        {
            var sound = await narrator.SpeakAsync(new Utterance(language == "zh" ? "欢迎参观。" : "Welcome to the museum.", language), Sound.SampleRates.Default, ct);
            await sound.Ended.WaitAsync(ct);
        }
        catch (MuseumException e)
        {
            LogCold(language, e.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The voice for {Language} could not be warmed up: {Code}")]
    private partial void LogCold(string language, string code);
}
