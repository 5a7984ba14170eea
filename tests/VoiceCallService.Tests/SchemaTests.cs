using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Hosting;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = Build();
        SchemaFile.AssertFresh("voicecallservice", SettingsSchema.Of("voicecallservice", app.Services.GetRequiredService<SettingsCatalog>()));
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults("voicecallservice").AddVoiceCalls();
        return builder.Build();
    }
}
