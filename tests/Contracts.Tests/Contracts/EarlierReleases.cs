using System.Text.Json;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;

namespace GroupTicketing.Tests.Contracts;

/// <summary>Every message of every release that was tagged can be read by this one, and nothing it said is lost on the
/// way.</summary>
public class EarlierReleases
{
    /// <summary>The messages kept in <c>tests/fixtures</c>.</summary>
    public static TheoryData<string> Messages =>
        [
            .. Directory.GetFiles(Tree.Path("tests/fixtures"), "*.json", SearchOption.AllDirectories)
                .Where(file => file.Contains("/messages/") && !gone.Contains(Path.GetFileNameWithoutExtension(file)))
                .Select(file => Path.GetRelativePath(Tree.Path(""), file)),
        ];

    // Never said by any release, and never read.
    static readonly string[] gone = ["GroupTicketAsked", "/basis"];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_of_an_earlier_release_is_read_whole(string file)
    {
        var fact = Listeners.Facts.Single(type => type.Name == Path.GetFileNameWithoutExtension(file));
        using var kept = JsonDocument.Parse(File.ReadAllText(Tree.Path(file)));

        var read = Json.Element(Json.Read(kept.RootElement, fact));

        var missing = Missing(kept.RootElement, read, "");
        // What is handed over stood beside the heading before.
        if (read.TryGetProperty("handover", out var handover))
            missing = missing.Intersect(Missing(kept.RootElement, handover, ""));
        missing.Except(gone).ShouldBeEmpty("a member was renamed or retyped");
    }

    /// <summary>Writes this release's messages: run it once, when a release is tagged (CONTRIBUTING.md).</summary>
    [Fact(Explicit = true)]
    public void Keep_this_release()
    {
        var to = Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_KEEP")
            ?? throw new InvalidOperationException("GROUPTICKETING_TESTS_KEEP names the folder to write to");
        Directory.CreateDirectory(Path.Combine(to, "messages"));
        File.Copy(Tree.Path("contracts/contracts.verified.txt"), Path.Combine(to, "contracts.txt"), overwrite: true);
        foreach (var fact in Listeners.Facts)
            File.WriteAllBytes(
                Path.Combine(to, "messages", $"{fact.Name}.json"),
                Json.Write((object)Sample.Of(fact, filled: true))
            );
    }

    static IEnumerable<string> Missing(JsonElement kept, JsonElement read, string at) => kept.ValueKind switch
    {
        _ when read.ValueKind != kept.ValueKind => [at],
        JsonValueKind.Object => kept.EnumerateObject()
            .SelectMany(member =>
                read.TryGetProperty(member.Name, out var still)
                    ? Missing(member.Value, still, $"{at}/{member.Name}")
                    : [$"{at}/{member.Name}"]
            ),
        JsonValueKind.Array => kept.EnumerateArray()
            .Zip(read.EnumerateArray())
            .SelectMany((pair, index) => Missing(pair.First, pair.Second, $"{at}/{index}")),
        _ => kept.ToString() == read.ToString() ? [] : [at],
    };
}
