using GroupTicketing.Contracts;
using GroupTicketing.Intake;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>What the intake keeps of a ticket long after its end, and what counts of it then.</summary>
public sealed class LongAfterTests
{
    static readonly DateTimeOffset monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly SchoolSide closed = new()
    {
        School = "lyon",
        Ticket = "4512",
        HandedOver = true,
        LastHeard = monday,
        Ended = monday,
    };
    static readonly SchoolTicket ticket = new("4512", "4512");

    [Fact]
    public void A_tombstone_ended_when_the_school_closed_it_or_when_it_was_last_heard()
    {
        closed.Tombstone().ShouldBe(closed with { IsTombstone = true });
        (closed with { Ended = null }).Tombstone().Ended.ShouldBe(monday);
    }

    [Fact]
    public void It_is_kept_as_long_as_its_school_takes_part()
    {
        var decider = new IntakeDecider(
            new Dictionary<string, School> { ["lyon"] = Demo.Lyon },
            new Dictionary<string, IDialect>()
        );

        decider.Tombstone(closed, monday).ShouldNotBeNull();
        decider.Tombstone(closed with { School = "rennes" }, monday).ShouldBeNull();
        decider.Tombstone(SchoolSide.Unheard, monday).ShouldBeNull("a post that could not be read is no ticket");
    }

    [Fact]
    public void What_happened_before_the_end_is_nothing_new()
    {
        var (facts, known) = After(
            new SchoolCommented(At(-1), new Author(Role.Requester), "vieux"),
            new TicketOpened(At(-2), new Handover(ticket, "t", "d", new Placement()))
        );

        facts.ShouldBeEmpty();
        (known.IsTombstone, known.Ended).ShouldBe((true, monday));
    }

    [Fact]
    public void A_word_since_crosses_and_leaves_it_ended()
    {
        var (facts, known) = After(new SchoolCommented(At(31), new Author(Role.Requester), "merci"));

        facts.ShouldHaveSingleItem();
        (known.IsTombstone, known.Ended).ShouldBe((true, monday));
    }

    [Fact]
    public void A_handover_since_makes_it_live_again()
    {
        var (facts, known) = After(new TicketOpened(At(31), new Handover(ticket, "t", "d", new Placement())));

        facts.ShouldHaveSingleItem();
        (known.IsTombstone, known.Ended).ShouldBe((false, null));
    }

    static (IReadOnlyList<object> Facts, SchoolSide Known) After(params Fact[] facts)
    {
        var decided = closed.Tombstone().LongAfter(Decided.Say(closed.Tombstone(), facts), monday.AddDays(40));
        return (decided.Says, decided.State);
    }

    static Heading At(int days) => new(TicketIds.OfSchool("lyon", "4512"), "lyon", monday.AddDays(days));
}
