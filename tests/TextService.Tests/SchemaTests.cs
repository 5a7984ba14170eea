using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;
using Museum.TextService;

namespace TextService.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = TextServiceHost.Build([]);
        SchemaFile.AssertFresh("textservice", SettingsSchema.Of("textservice", app.Services.GetRequiredService<SettingsCatalog>()));
    }

    [Fact]
    public Task The_document_that_clients_are_generated_from_is_what_the_service_describes() =>
        OpenApiFile.AssertFreshAsync("textservice", args => TextServiceHost.Build(args));
}
