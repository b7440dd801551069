using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads what iTop has of a catalogue: one call for each class, named fields only.</summary>
public sealed class ReadCatalogue(ItopClient itop)
{
    const int MostNamed = 50;

    /// <summary>All of it; what the account may not read is named instead.</summary>
    public Task<InItop> All(CancellationToken ct) => Read(Enum.GetValues<ItopKind>(), null, ct);

    /// <summary>These kinds.</summary>
    /// <param name="people">Of the people only these, by name or e-mail; null: all.</param>
    public async Task<InItop> Read(IEnumerable<ItopKind> kinds, IReadOnlyList<string>? people, CancellationToken ct)
    {
        var (rows, closed) = (new List<ItopRow>(), new List<ItopKind>());
        foreach (var kind in kinds)
        {
            try
            {
                rows.AddRange(kind == ItopKind.Person && people is not null ? await Named(people, ct) : await Rows(kind, "", ct));
            }
            catch (ItopException exception) when (exception.LacksRight)
            {
                closed.Add(kind);
            }
        }
        return InItop.From(rows, closed);
    }

    async Task<IReadOnlyList<ItopRow>> Named(IReadOnlyList<string> people, CancellationToken ct)
    {
        var rows = new List<ItopRow>();
        foreach (
            var some in people
                .GroupBy(person => person.Contains('@'))
                .SelectMany(group => group.Chunk(MostNamed).Select(chunk => (ByMail: group.Key, Chunk: chunk)))
        )
        {
            var names = string.Join(", ", some.Chunk.Select(ItopClient.Quote));
            rows.AddRange(await Rows(ItopKind.Person, $" WHERE {(some.ByMail ? "email" : "friendlyname")} IN ({names})", ct));
        }
        return [.. rows.DistinctBy(row => row.Id)];
    }

    async Task<IReadOnlyList<ItopRow>> Rows(ItopKind kind, string where, CancellationToken ct)
    {
        var of = ItopClasses.For(kind);
        var objects = await itop.Get(of.Name, $"SELECT {of.Name}{where}", of.Attributes, ct);
        return [.. objects.Select(one => new ItopRow(kind, one.Key, Texts(one, of)))];
    }

    static Dictionary<string, string> Texts(ItopObject one, ItopClass of)
    {
        var texts = of
            .Fields.Select(field => field.Attribute)
            .Distinct()
            .Select(attribute => (attribute, Text: one.Text(attribute)));
        return texts.Where(pair => pair.Text is not null).ToDictionary(pair => pair.attribute, pair => pair.Text!);
    }
}
