using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Scénari", "SCENARI", true)]
    [InlineData("Scénari", "Sce\u0301nari", true)]
    [InlineData("À qualifier", " a  qualifier ", true)]
    [InlineData("Vie de l’école", "vie de l'ecole", true)]
    [InlineData("Œuvres", "oeuvres", true)]
    [InlineData("Gestion\u00a0des comptes", "gestion des comptes", true)]
    [InlineData("Scénari", "Scénario", false)]
    [InlineData("Sous-service", "Sous service", false)]
    [InlineData(null, null, false)]
    [InlineData("", null, false)]
    public void Names_are_compared_as_people_read_them(string? one, string? other, bool same)
    {
        Words.Same(one, other).ShouldBe(same);
        Words.Same(other, one).ShouldBe(same);
    }
}
