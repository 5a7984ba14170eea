using Museum.TextService.Content;
using Museum.TextService.Language;
using TextService.Tests.Storage;

namespace TextService.Tests;

public sealed class ExhibitRuleTests
{
    [Fact]
    public void What_only_one_language_has_is_told_in_both()
    {
        var exhibit = RecordStoreTests.Document("The Bowl").ToExhibit("bowl");
        Assert.Equal("The Bowl", exhibit.Title[Tongue.Zh]);
        Assert.Same(exhibit.Body.En, exhibit.Body.Zh);
        Assert.Equal(["title.zh", "body.zh"], ExhibitRules.Missing(RecordStoreTests.Document("The Bowl")));
    }

    [Theory]
    [InlineData("The Vase, 1820", "the-vase-1820")]
    [InlineData("  L'Étoile d’Or  ", "letoile-dor")]
    [InlineData("花瓶", "")]
    public void An_id_is_made_of_a_title(string title, string id) => Assert.Equal(id, ExhibitRules.IdOf(title));
}
