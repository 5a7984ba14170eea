using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_editors_schema_is_what_the_options_say()
    {
        await using var app = GatewayHost.Create([]);
        SchemaFile.AssertFresh("gateway", SettingsSchema.Of("gateway", app.Services.GetRequiredService<SettingsCatalog>()));
    }
}
