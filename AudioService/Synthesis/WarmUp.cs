using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Synthesis;

/// <summary>Says one sentence per language to nobody at the start, so that the first visitor does not wait for voices to be loaded and code to be compiled.</summary>
internal sealed partial class WarmUp(Narrator narrator, ILogger<WarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var language in narrator.Languages)
        {
            try
            {
                var sound = await narrator.SpeakAsync(new Utterance(language == "zh" ? "欢迎参观。" : "Welcome to the museum.", language), Sound.SampleRates.Default, stoppingToken);
                await sound.Ended.WaitAsync(stoppingToken);
            }
            catch (MuseumException e)
            {
                LogCold(language, e.Code);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The voice for {Language} could not be warmed up: {Code}")]
    private partial void LogCold(string language, string code);
}
