using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Hosting;
using Museum.TestKit;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Tickets;

namespace Museum.VoiceCallService.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = Build([]);
        SchemaFile.AssertFresh("voicecallservice", SettingsSchema.Of("voicecallservice", app.Services.GetRequiredService<SettingsCatalog>()));
    }

    [Fact]
    public Task The_document_that_clients_are_generated_from_is_what_the_service_describes() =>
        OpenApiFile.AssertFreshAsync("voicecallservice", Describe);

    private static WebApplication Describe(string[] args)
    {
        var app = Build(args);
        app.MapDefaultEndpoints();
        app.MapVoice();
        app.MapVoiceQuality();
        return app;
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("voicecallservice").AddVoiceCalls();
        return builder.Build();
    }
}
