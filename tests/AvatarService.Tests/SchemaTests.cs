using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;

namespace Museum.AvatarService.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = WebApplication.CreateBuilder().AddAvatarService().Build();
        SchemaFile.AssertFresh("avatarservice", SettingsSchema.Of("avatarservice", app.Services.GetRequiredService<SettingsCatalog>()));
    }

    [Fact]
    public Task The_document_that_clients_are_generated_from_is_what_the_service_describes() =>
        OpenApiFile.AssertFreshAsync("avatarservice", args => WebApplication.CreateBuilder(args).AddAvatarService().Build().MapAvatarService());
}
