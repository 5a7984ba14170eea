using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Security;

/// <summary>Who did what to whom: one line per action under the category <c>Museum.Audit</c>. Names, never secrets.</summary>
public sealed partial class AuditLog(ILoggerFactory loggers, IHttpContextAccessor http)
{
    private readonly ILogger logger = loggers.CreateLogger("Museum.Audit");

    public void Write(ClaimsPrincipal actor, string action, string target) =>
        Write(actor.FindFirstValue(MuseumTokens.NameClaim) ?? "unknown", action, target);

    /// <param name="actor">Their name.</param>
    /// <param name="action">Whose thing and what, as <c>account.add</c>.</param>
    /// <param name="target">The thing.</param>
    public void Write(string actor, string action, string target) =>
        LogAction(logger, action, actor, Printable(target), http.HttpContext?.Connection.RemoteIpAddress?.ToString());

    /// <summary>A target may be whatever a stranger typed as an account's name.</summary>
    private static string Printable(string target) =>
        new([.. target.Take(160).Select(c => char.IsControl(c) ? '?' : c)]);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Action} by {Actor} on {Target} from {Address}")]
    private static partial void LogAction(ILogger logger, string action, string actor, string target, string? address);
}
