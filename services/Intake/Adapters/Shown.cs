using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>What a school's tool shows, as far as it can be read: one bad item is named and left out, the others are
/// read.</summary>
sealed class Shown(SchoolDoors doors, IEnumerable<ISchoolReader> readers, Findings findings)
{
    // As it would be read of a ticket that is handed over.
    static readonly SchoolSide live = SchoolSide.Unheard with { HandedOver = true };

    /// <summary>The schools whose tools can be read.</summary>
    public IReadOnlyList<School> Schools => [.. doors.Schools.Values.Where(school => school.Read is not null)];

    public IDialect DialectOf(School school) => doors.Dialects[school.Tool];

    /// <summary>The tickets that changed.</summary>
    public async Task<IReadOnlyList<string>> Changed(School school, DateTimeOffset since, CancellationToken ct)
    {
        var (tickets, unread) = await ReaderOf(school).Changed(school, KeyOf(school), since, ct);
        foreach (var pointer in unread)
            await Unread(school, pointer, ct);
        return tickets;
    }

    /// <summary>What happened to the ticket of that id of the tool, oldest first.</summary>
    public async Task<IReadOnlyList<Unpacked>> Posts(School school, string own, CancellationToken ct)
    {
        var readable = new List<Unpacked>();
        foreach (var (index, post) in (await ReaderOf(school).Read(school, KeyOf(school), own, ct)).Index())
        {
            var (unpacked, pointer) = Unpacked(post, school, own, DialectOf(school));
            if (unpacked is null)
                await Unread(school, $"{own} /events/{index}{pointer}", ct);
            else
                readable.Add(unpacked);
        }
        return readable;
    }

    /// <summary>Something cannot be read.</summary>
    /// <param name="what">The tool's ticket, and where in it.</param>
    public Task Unread(School school, string what, CancellationToken ct) =>
        findings.Note($"school:{school.Slug}", "unread-item", what, ct);

    ISchoolReader ReaderOf(School school) => readers.First(reader => reader.Dialect == school.Tool);

    string KeyOf(School school) => doors.Secrets[school.Slug].Read[0];

    // Whatever a library throws at what a tool shows, it is the item that is wrong.
    static (Unpacked? Unpacked, string Pointer) Unpacked(RawPost post, School school, string own, IDialect dialect)
    {
        try
        {
            var unpacked = dialect.Unpack(post, own);
            if (unpacked.Flaws is [var flaw, ..])
                return (null, GenericNames.KnownPart(flaw.Field));
            if (dialect.KeyOf(unpacked.Light, school) is null)
                return (null, "");
            dialect.Read(unpacked.Light, school, live);
            return (unpacked, "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, "");
        }
    }
}
