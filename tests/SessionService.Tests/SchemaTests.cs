using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = SessionServiceHost.Create([]);
        SchemaFile.AssertFresh("sessionservice", SettingsSchema.Of("sessionservice", app.Services.GetRequiredService<SettingsCatalog>()));
    }

    [Fact]
    public Task The_document_that_clients_are_generated_from_is_what_the_service_describes() =>
        OpenApiFile.AssertFreshAsync("sessionservice", args => SessionServiceHost.Create(args));
}
