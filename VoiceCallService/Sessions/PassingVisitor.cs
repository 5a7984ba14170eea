using System.Net.Http.Headers;
using System.Net.Http.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;

namespace Museum.VoiceCallService.Sessions;

/// <summary>Comes in at the door by which visitors come, and leaves again.</summary>
internal sealed class PassingVisitor(IHttpClientFactory clients, Pipelines pipelines)
{
    /// <exception cref="HttpRequestException">SessionService is away, or lets nobody in.</exception>
    public async Task<VisitorPass> EnterAsync(CancellationToken cancellationToken)
    {
        using var door = clients.CreateClient(PublishedKeys.ClientName);
        return await pipelines.Of(PublishedKeys.Pipeline).ExecuteAsync(
            async attempt =>
            {
                using var answer = await door.PostAsJsonAsync("/api/auth/visitor", new { language = "en" }, ProtocolJson.Options, attempt);
                answer.EnsureSuccessStatusCode();
                return (await answer.Content.ReadFromJsonAsync<VisitorPass>(ProtocolJson.Options, attempt))!;
            },
            cancellationToken);
    }

    /// <inheritdoc cref="EnterAsync"/>
    public async Task LeaveAsync(VisitorPass pass, CancellationToken cancellationToken)
    {
        using var door = clients.CreateClient(PublishedKeys.ClientName);
        await pipelines.Of(PublishedKeys.Pipeline).ExecuteAsync(
            async attempt =>
            {
                using var leaving = new HttpRequestMessage(HttpMethod.Delete, $"/api/session/{pass.SessionId}");
                leaving.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pass.AccessToken);
                using var left = await door.SendAsync(leaving, attempt);
                left.EnsureSuccessStatusCode();
            },
            cancellationToken);
    }
}

/// <summary>As far as it is needed here.</summary>
internal sealed record VisitorPass(string SessionId, string AccessToken);
