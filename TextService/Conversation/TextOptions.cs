using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Conversation;

/// <summary>Section <c>Text</c>: how long an answer may take, and how many of a batch are worked on at once.</summary>
internal sealed class TextOptions
{
    public const string Section = "Text";

    [Setting("Until an answer must be whole, at every door. A model's own limits lie within it.", Live = true)]
    [Range(1, 300)]
    public double TimeoutSeconds { get; init; } = 30;

    [Setting("Questions of one batch that are answered at once.", Live = true)]
    [Range(1, 100)]
    public int Concurrency { get; init; } = 10;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
