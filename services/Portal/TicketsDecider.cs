using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Portal.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Portal;

/// <summary>The documents of the Portal: what people see of each ticket.</summary>
sealed class TicketsDecider(IReadOnlyList<School> schools) : IDecider<TicketView>
{
    // Long enough for a yearly report; of the texts of both sides only the title is in it.
    static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public string Name => "portal";

    public int Schema => 2;

    public TicketView Empty => TicketView.Unheard;

    public Decided<TicketView> Decide(TicketView view, object message, DateTimeOffset now) => message switch
    {
        TriageAnswer answer => Decided.Say(
            view,
            new TriageDecided(new Heading(answer.TicketId, view.School!, now), answer.Placement, answer.Refusal, answer.By)
        ),
        LinkWish wish => Decided.Say(
            view,
            new LinkAsked(new Heading(wish.TicketId, wish.School, now), wish.Ticket, wish.Reference, wish.Title)
        ),
        StoppedLinkAnswer answer when view.Stopped => Decided.Say(
            view,
            new StoppedLinkSettled(new Heading(answer.TicketId, view.School!, now), answer.How, answer.Reference)
        ),
        StoppedLinkAnswer => view,
        Announced told => view.After(told) is not { } after ? view : Decided.Say(after, Fact(view, told, now)),
        Fact fact => view.After(fact, now),
        _ => throw new InvalidOperationException($"nobody told the Portal what to do with {message.GetType().Name}"),
    };

    static BriqueAnnounced Fact(TicketView view, Announced told, DateTimeOffset now) =>
        new(
            new Heading(told.TicketId, view.School!, now, $"announcement-{told.Id}{(told.Ended ? "-ended" : "")}"),
            told.Id,
            told.Text,
            told.Ended
        );

    public void Took(object cause, Decided<TicketView> decided, DateTimeOffset now)
    {
        if (cause is Fact fact)
            PortalMetrics.Took(fact, decided.State);
    }

    public string? Shelf(TicketView view) => view.School;

    public string? Owner(TicketView view, object? message) => (message as Fact)?.Heading.School ?? view.School;

    public TicketView? Tombstone(TicketView view, DateTimeOffset now) =>
        schools.Any(school => school.Slug == view.School)
            ? new TicketView
            {
                TicketId = view.TicketId,
                School = view.School,
                Number = view.Number,
                Reference = view.Reference,
                State = view.State,
            }
            : null;

    public DateTimeOffset? Expires(TicketView view) => view.LastHeard + Kept;
}
