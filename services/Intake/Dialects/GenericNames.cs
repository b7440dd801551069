using System.Text.Json;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>A member whose name differs only by case from one of the schema's is a mistake, at every level; others are
/// somebody else's and ignored.</summary>
static class GenericNames
{
    // The bytes come as content; what is left of them after that is ours.
    static readonly string[] ours = ["sha256", "size"];

    static readonly Dictionary<string, string> root = FromType(typeof(GenericEvent));
    static readonly Dictionary<string, string> data = FromType(typeof(GenericData), "content");
    static readonly Dictionary<string, string> requester = FromType(typeof(Requester));
    static readonly Dictionary<string, string> comment = FromType(typeof(GenericComment));
    static readonly Dictionary<string, string> file = FromType(typeof(GenericFile), "content");

    public static IEnumerable<Flaw> Flaws(JsonElement said) =>
        At(said, "", root).Concat(Member(said, "data").SelectMany(inner => At(inner, "/data", data)
            .Concat(Member(inner, "requester").SelectMany(one => At(one, "/data/requester", requester)))
            .Concat(Items(inner, "comments").SelectMany(one => At(one.Item, one.Pointer, comment)))
            .Concat(Items(inner, "files").SelectMany(one => At(one.Item, one.Pointer, file)))));

    /// <summary>The objects of a list, each with its pointer.</summary>
    public static IEnumerable<(JsonElement Item, string Pointer)> Items(JsonElement data, string name) =>
        data.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray().Index().Where(one => one.Item.ValueKind is JsonValueKind.Object)
                .Select(one => (one.Item, $"/data/{name}/{one.Index}"))
            : [];

    /// <summary>An object in another; none where there is none.</summary>
    public static IEnumerable<JsonElement> Member(JsonElement of, string name) =>
        of.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Object ? [member] : [];

    /// <summary>A pointer of which only the schema's own words are left: what a sender wrote is nobody's to
    /// list.</summary>
    public static string KnownPart(string pointer) =>
        string.Join('/', pointer.Split('/').Select(part => part.Length == 0 ? "" : NameOf(part) ?? "*"));

    static string? NameOf(string part) =>
        new[] { root, data, requester, comment, file }
            .Select(level => level.GetValueOrDefault(part))
            .FirstOrDefault(name => name is not null);

    static IEnumerable<Flaw> At(JsonElement level, string pointer, Dictionary<string, string> known) =>
        level
            .EnumerateObject()
            .Where(member => known.TryGetValue(member.Name, out var name) && name != member.Name)
            .Select(member => new Flaw(
                $"{pointer}/{member.Name}",
                string.Format(Texts.French, Texts.MemberCase, known[member.Name])
            ));

    static Dictionary<string, string> FromType(Type type, params IEnumerable<string> also) =>
        GenericEvent
            .Exact.GetTypeInfo(type)
            .Properties.Select(property => property.Name)
            .Concat(also)
            .Except(ours)
            .ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Words that guard privacy are exactly those of the schema, wherever they stand: another word, in whatever
/// sense, must not let anything cross.</summary>
static class GenericClosed
{
    public static IEnumerable<Flaw> Flaws(JsonElement said) =>
        GenericNames
            .Member(said, "data")
            .SelectMany(data =>
                At(data, "/data")
                    .Concat(
                        GenericNames
                            .Items(data, "comments")
                            .Concat(GenericNames.Items(data, "files"))
                            .SelectMany(one => At(one.Item, one.Pointer))
                    )
            );

    static IEnumerable<Flaw> At(JsonElement item, string pointer) =>
        Word(item, pointer, "visibility", GenericWords.Visibilities).Concat(Word(item, pointer, "by", GenericWords.Roles));

    static IEnumerable<Flaw> Word(JsonElement item, string pointer, string name, string[] words)
    {
        if (
            item.TryGetProperty(name, out var value)
            && (value.ValueKind is not JsonValueKind.String || !words.Contains(value.GetString()))
        )
            yield return new Flaw(
                $"{pointer}/{name}",
                string.Format(Core.Texts.French, Core.Texts.KnownValues, string.Join(", ", words))
            );
    }
}
