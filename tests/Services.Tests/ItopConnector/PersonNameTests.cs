using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>Names as schools' tools write them → iTop's two fields.</summary>
public class PersonNameTests
{
    [Theory]
    [InlineData("Léa Martin", "Léa", "Martin")]
    [InlineData("  Léa   Martin ", "Léa", "Martin")]
    [InlineData("Jean Pierre Martin", "Jean Pierre", "Martin")]
    [InlineData("MARTIN Léa", "Léa", "MARTIN")]
    [InlineData("Léa DE LA TOUR", "Léa", "DE LA TOUR")]
    [InlineData("D'ARC Jeanne", "Jeanne", "D'ARC")]
    [InlineData("Martin, Léa", "Léa", "Martin")]
    [InlineData("LÉA MARTIN", "LÉA", "MARTIN")]
    [InlineData("Léa M.", "Léa", "M.")]
    [InlineData("lmartin", "?", "lmartin")]
    [InlineData(null, "lea", "martin")]
    [InlineData(" ", "lea", "martin")]
    [InlineData(",", "?", ",")]
    public void A_name_is_cut_in_two_and_neither_is_empty(string? name, string first, string last) =>
        PersonName.From(name, "lea.martin@lyon.example").ShouldBe(new PersonName(first, last));

    [Theory]
    [InlineData("scolarite@lyon.example", "?", "scolarite")]
    [InlineData("@lyon.example", "?", "?")]
    public void Without_a_name_the_address_says_one(string email, string first, string last) =>
        PersonName.From(null, email).ShouldBe(new PersonName(first, last));

    [Fact]
    public void What_iTop_s_columns_do_not_take_is_cut() =>
        PersonName
            .From($"{new string('a', 300)} {new string('b', 300)}", "x@y")
            .ShouldBe(new PersonName(new string('a', 255), new string('b', 255)));
}
