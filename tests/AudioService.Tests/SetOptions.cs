using Microsoft.Extensions.Options;

namespace Museum.AudioService.Tests;

/// <summary>Options as a test sets them: by themselves, or for a container, where they take the configuration's place.</summary>
internal sealed class SetOptions<T>(T value) : IOptionsFactory<T>, IOptionsMonitor<T>
    where T : class
{
    public T CurrentValue => value;

    public T Create(string name) => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
