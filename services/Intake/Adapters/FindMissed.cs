using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>What a ticket's tool shows and its webhooks did not bring.</summary>
sealed class FindMissed(Shown shown, Documents<SchoolSide> documents, GestureFields gestures)
{
    /// <summary>The tool's id of a ticket of ours; null: it is no ticket of that school.</summary>
    public async Task<string?> OwnOf(School school, string ticket, CancellationToken ct) =>
        await documents.Read(ticket, ct) is { State: { Ticket: { } own, School: var slug } } && slug == school.Slug ? own : null;

    /// <summary>Of the ticket of that id of the tool, oldest first.</summary>
    public async Task<IReadOnlyList<MissedPost>> At(School school, string own, CancellationToken ct)
    {
        var ticket = TicketIds.OfSchool(school.Slug, own).ToString("N");
        var dialect = shown.DialectOf(school);
        var posts = await shown.Posts(school, own, ct);
        var sources = posts
            .Select(post => dialect.KeyOf(post.Light, school))
            .OfType<Key>()
            .SelectMany(key => MissedPost.SourcesOf(key.Delivery))
            .ToList();
        var known = (await documents.Read(ticket, ct))?.State ?? SchoolSide.Unheard;
        if (known.HandedOver)
            await gestures.Look(school, dialect, [.. posts.TakeLast(1).Select(post => post.Light)], ct);
        var untaken = (await documents.Untaken(ticket, sources, ct)).ToHashSet();
        return Missed.Find(posts, source => !untaken.Contains(source), school, dialect, known);
    }
}
