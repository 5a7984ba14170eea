namespace Museum.TextService.Language;

/// <summary>The same thing in both languages of the content.</summary>
internal sealed record Localized<T>(T En, T Zh)
{
    public T this[Tongue tongue] => tongue == Tongue.Zh ? Zh : En;
}
