using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>Compares the loader's word on a route with what every possible ticket does, over random trees.</summary>
public sealed class ReachableRoutesTests
{
    private static readonly string?[] Schools = [null, "lyon", "rennes"];
    private static readonly string?[] Words = [null, "A", "B"];

    [Fact]
    public void A_tree_is_refused_exactly_when_a_ticket_set_is_left_without_its_route()
    {
        using var folder = new Folder();
        var random = new Random(20261124);
        var (sound, refused) = (0, 0);

        for (var round = 0; round < 150; round++)
        {
            var routes = new List<Written>();
            Grow(random, routes, depth: 0, []);
            var reading = folder.Write("catalogue.yaml", Folder.Catalogue + Yaml(routes)).Load();

            var unused = routes
                .Where(r => !Tickets().Any(t => ReferenceEquals(Taken(routes, t), r) || r.HasBelow(Taken(routes, t))))
                .ToList();
            if (unused.Count == 0)
                reading.Errors.ShouldBeEmpty(Yaml(routes));
            else
                reading.Errors.ShouldContain(e => e.Text.StartsWith("no ticket takes this route"), Yaml(routes));
            _ = unused.Count == 0 ? sound++ : refused++;
        }

        sound.ShouldBeGreaterThan(20);
        refused.ShouldBeGreaterThan(20);
    }

    private static void Grow(Random random, List<Written> all, int depth, IReadOnlyList<Written> above)
    {
        for (var i = random.Next(depth == 0 ? 1 : 0, 3); i > 0 && all.Count < 8; i--)
        {
            var route = new Written(
                Schools[random.Next(3)],
                Words[random.Next(3)],
                Words[random.Next(3)],
                [.. above]);
            all.Add(route);
            if (depth < 2)
                Grow(random, all, depth + 1, [.. above, route]);
        }
    }

    /// <summary>Tickets with every mix of the words used, and one word no route knows.</summary>
    private static IEnumerable<(string School, string Category, string Queue)> Tickets() =>
        from school in new[] { "lyon", "rennes", "else" }
        from category in new[] { "A", "B", "else" }
        from queue in new[] { "A", "B", "else" }
        select (school, category, queue);

    /// <summary>The deepest route that takes the ticket, found by plain search.</summary>
    private static Written? Taken(List<Written> all, (string School, string Category, string Queue) ticket)
    {
        Written? at = null;
        while (all.FirstOrDefault(r => r.Parent == at && r.Takes(ticket)) is { } next)
            at = next;
        return at;
    }

    private static string Yaml(List<Written> routes) =>
        "routes:\n" + Children(routes, null, "  ");

    private static string Children(List<Written> all, Written? parent, string indent)
    {
        var own = all.Where(r => r.Parent == parent).ToList();
        if (own.Count == 0)
            return "";
        return $"{indent}children:\n" + string.Concat(own.Select(r =>
            $"{indent}- match: {{ {r.Match()} }}\n" + Children(all, r, indent + "  ")));
    }

    private sealed class Written(string? school, string? category, string? queue, IReadOnlyList<Written> above)
    {
        public Written? Parent { get; } = above.Count == 0 ? null : above[^1];

        public bool Takes((string School, string Category, string Queue) ticket) =>
            (school ?? ticket.School) == ticket.School
            && (category ?? ticket.Category) == ticket.Category
            && (queue ?? ticket.Queue) == ticket.Queue;

        public bool HasBelow(Written? other)
        {
            for (var at = other; at is not null; at = at.Parent)
                if (ReferenceEquals(at, this))
                    return true;
            return false;
        }

        public string Match() => string.Join(", ", new[]
        {
            school is null ? "" : $"school: {school}",
            category is null ? "" : $"category: {category}",
            queue is null ? "" : $"queue: {queue}",
        }.Where(p => p.Length > 0));
    }
}
