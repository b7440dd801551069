using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A group ticket and the iTop it is read from; only what a person or we do there changes it.</summary>
sealed class ItopPlay
{
    public const string Return = "Retour école";

    public static readonly ReadingRules Rules = new(Return, "https://itop.example/", Group: "INSA Groupe");

    public static readonly TicketEscalated Asked = new(
        new Heading(TicketIds.OfSchool("lyon", "4512"), "lyon", Demo.Now),
        new Handover(new SchoolTicket("4512", "4512"), "Titre", "Description", new Placement()),
        "INSA Lyon",
        "INSA Lyon",
        "support@lyon.example",
        new GroupRoute("Scénari", "Gestion des comptes", "À qualifier", "Support Scénari", "incident", 4));

    /// <summary>The next group ticket of the same school ticket.</summary>
    public static readonly TicketEscalated AskedAgain = Asked with
    {
        Handover = Asked.Handover with { Ticket = Asked.Handover.Ticket with { Generation = 2 } },
    };

    /// <summary>The same, with other words.</summary>
    public static TicketEscalated With(string title = "Titre", string description = "d") => Asked with
    {
        Handover = Asked.Handover with { Title = title, Description = description },
    };

    public GroupTicket Ticket { get; set; } = Upsert.On(GroupTicket.Unheard, Asked).State;

    /// <summary>iTop as it is now.</summary>
    public ItopRead Itop { get; set; } =
        new(
            "123",
            "R-000123",
            "[lyon:4512] Titre",
            "new",
            "2026-11-24 09:00:00",
            "Gestion des comptes",
            "À qualifier",
            "Support Scénari",
            null,
            null,
            null,
            []
        )
        {
            OrganisationId = "3",
            Organisation = "INSA Lyon",
            Started = "2026-11-24 09:00:00",
        };

    public DateTimeOffset Now { get; set; } = Demo.Now;

    public List<Fact> Told { get; } = [];

    public static ItopPlay Opened()
    {
        var play = new ItopPlay();
        play.Take(Readings.Opened(play.Ticket, play.Itop, Rules, play.Now));
        play.Told.Clear();
        return play;
    }

    public ItopPlay Change(Func<ItopRead, ItopRead> change)
    {
        Now += TimeSpan.FromSeconds(1);
        Itop = change(Itop) with { LastUpdate = ItopTime.Local(Now) };
        return this;
    }

    public ItopPlay Write(string text, string? account = null, string author = "Camille Aubier", string? date = null) =>
        Change(itop => itop with { Log = [.. itop.Log, new LogRead(date ?? ItopTime.Local(Now), author, text, account)] });

    public IReadOnlyList<Fact> Poll()
    {
        Now += TimeSpan.FromSeconds(1);
        return Take(Readings.On(Ticket, new TicketRead(Asked.Heading.TicketId, Itop, Now), Rules, Now));
    }

    public IReadOnlyList<Fact> Take(Decided<GroupTicket> decided)
    {
        Ticket = decided.State;
        IReadOnlyList<Fact> said = [.. decided.Says.Cast<Fact>()];
        Told.AddRange(said);
        return said;
    }

    /// <summary>A wish of the school, pending; the call that does it.</summary>
    public ItopCall.Write Wish(GroupWish wish, string? text = null)
    {
        var decided = Upsert.On(Ticket, new GroupUpdateWanted(Asked.Heading, wish, new Author(Role.Requester), text));
        Ticket = decided.State;
        return decided.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Call>().Body.ShouldBeOfType<ItopCall.Write>();
    }
}
