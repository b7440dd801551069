namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class RouteErrorTests : IDisposable
{
    private static readonly int Before = Folder.Catalogue.Count(c => c == '\n');
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(3, "Nowhere", "    - match: { category: A }\n      to: { brique: Nowhere }")]
    [InlineData(
        3,
        "'Nothing' is not a service of Scénari",
        "    - match: { category: A }\n      to: { brique: Scénari, service: Nothing }"
    )]
    [InlineData(
        3,
        "is not a sous-service of",
        "    - to: { brique: Scénari, service: Comptes, sousService: Erreur }\n      match: { category: A }"
    )]
    [InlineData(4, "names no brique", "    - match: { category: A }\n      to: { service: Comptes }")]
    [InlineData(3, "'urgency' must be a whole number from 1 to 4", "    - to: { urgency: 5 }")]
    [InlineData(3, "'paris' is not one of the group's schools", "    - match: { school: paris }")]
    [InlineData(3, "did you mean 'children'?", "    - childen: []")]
    public void A_route_to_nowhere_is_an_error(int line, string text, string routes)
    {
        var errors = Load(routes);

        errors.ShouldContain(e => e.Text.Contains(text), string.Join('\n', errors));
        errors.ShouldAllBe(e => e.Line >= Before + line);
    }

    [Theory]
    [InlineData("    - match: { category: A }\n    - match: { category: a }", 4, "the one on line 37 takes all of them")]
    [InlineData("    - match: { category: A }\n    - match: { category: A, school: lyon }", 4, "takes all of them")]
    [InlineData("    - to: { urgency: 1 }\n    - match: { category: A }", 4, "takes all of them")]
    [InlineData("    - match: { brique: Scénari }\n    - match: { brique: scenari chain }", 4, "takes all of them")]
    [InlineData(
        "    - match: { school: lyon }\n      children:\n        - match: { school: rennes }",
        5,
        "asks for another school"
    )]
    [InlineData(
        "    - match: { queue: Q }\n    - match: { category: A }\n      children:\n        - match: { queue: Q }",
        6,
        "takes all of them"
    )]
    public void A_route_no_ticket_takes_is_an_error(string routes, int line, string text)
    {
        var error = Load(routes).ShouldHaveSingleItem();

        error.Line.ShouldBe(Before + line);
        error.Text.ShouldContain(text);
    }

    [Theory]
    [InlineData("    - match: { category: A, school: lyon }\n    - match: { category: A }")]
    [InlineData("    - match: { category: A }\n    - match: { queue: A }")]
    [InlineData("    - match: { category: A }\n      children:\n        - match: { category: A }")]
    [InlineData("    - match: { category: A }\n    - to: { urgency: 1 }")]
    public void Routes_that_some_ticket_takes_are_sound(string routes) => Load(routes).ShouldBeEmpty();

    [Fact]
    public void The_root_takes_no_match()
    {
        folder.Write("catalogue.yaml", Folder.Catalogue + "routes: { match: { school: lyon } }");

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldStartWith("the root of the routes always matches");
    }

    private IReadOnlyList<GroupTicketing.Registry.Problem> Load(string routes) =>
        folder.Write("catalogue.yaml", $"{Folder.Catalogue}routes:\n  children:\n{routes}\n").Load().Errors;
}
