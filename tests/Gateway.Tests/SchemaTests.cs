using System.Net.Http.Json;
using System.Text.Json.Nodes;
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

    [Fact]
    public async Task The_document_that_clients_are_generated_from_is_the_services_documents_merged()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([.. ServiceNames.All.Select(s => new Upstream(s) { OpenApi = OpenApiFile.Read(s) })], GatewayUnderTest.Unlimited);
        JsonObject? document = null;
        await Eventually.TrueAsync(async () =>
        {
            document = await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json");
            return document!["x-missing"]!.AsArray().Count == 0;
        });
        OpenApiFile.AssertFresh("web/openapi.json", document!);
    }
}
