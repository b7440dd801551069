using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Adapters;

/// <summary>What a school's tool shows, as far as it can be read: one bad item is named and left out, the others are
/// read.</summary>
sealed class Shown(Findings findings)
{
    // As it would be read of a ticket that is handed over.
    static readonly SchoolSide live = SchoolSide.Unheard with { HandedOver = true };

    /// <summary>Those of a ticket's posts that can be read, in their order.</summary>
    public async Task<IReadOnlyList<Unpacked>> Readable(
        School school,
        string own,
        IDialect dialect,
        IReadOnlyList<Post> posts,
        CancellationToken ct
    )
    {
        var readable = new List<Unpacked>();
        foreach (var (index, post) in posts.Index())
        {
            var (unpacked, pointer) = Unpacked(post, school, own, dialect);
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

    // Whatever a library throws at what a tool shows, it is the item that is wrong.
    static (Unpacked? Unpacked, string Pointer) Unpacked(Post post, School school, string own, IDialect dialect)
    {
        try
        {
            var unpacked = dialect.Unpack(RawPost.FromTool(post), own);
            if (unpacked.Flaws is [var flaw, ..])
                return (null, GenericNames.Known(flaw.Field));
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
