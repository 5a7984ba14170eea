using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>Imports as a curator's desk has them done: sent, and waited for.</summary>
internal static class Imports
{
    public const string TwoBowls = "id,title_en,text_en\r\nbowl,The Bowl,\"## What it is\nThe Bowl is made of glass.\"\r\n,The Other Bowl,The Other Bowl is made of silver.\r\n";

    public static Task<JsonObject> RunAsync(Desk desk, string type, string body, string query = "") => RunAsync(desk, type, Encoding.UTF8.GetBytes(body), query);

    public static async Task<JsonObject> RunAsync(Desk desk, string type, byte[] body, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await ReportAsync(desk, await desk.Http.PostAsync("/api/curator/imports" + query, content));
    }

    public static async Task<JsonObject> ReportAsync(Desk desk, HttpResponseMessage begun)
    {
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        return await Eventually.GetAsync(async () =>
        {
            var report = (await desk.SendAsync(HttpMethod.Get, begun.Headers.Location!.OriginalString)).Body;
            return (string?)report["task"]!["status"] is "waiting" or "processing" ? null : report;
        });
    }
}
