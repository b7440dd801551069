using GroupTicketing.Contracts;
using GroupTicketing.Intake;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>How long the intake keeps what a school's tool said.</summary>
public sealed class KeptTests
{
    static readonly DateTimeOffset monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Heading heading = new(Guid.Empty, "lyon", monday);
    static readonly IntakeDecider decider = new(new Dictionary<string, School>(), new Dictionary<string, IDialect>());

    [Fact]
    public void A_month_after_the_school_closed_it() =>
        decider.Expires(After(SchoolSide.Unheard, monday, new SchoolClosed(heading))).ShouldBe(monday.AddDays(30));

    [Fact]
    public void Not_while_it_is_open_again()
    {
        var closed = After(SchoolSide.Unheard, monday, new SchoolClosed(heading));

        decider.Expires(After(closed, monday.AddDays(5), new SchoolReopened(heading, new Author(Role.Support))))
            .ShouldBe(monday.AddDays(405));
    }

    [Fact]
    public void A_post_that_says_nothing_leaves_it_closed()
    {
        var closed = After(SchoolSide.Unheard, monday, new SchoolWithdrew(heading));

        decider.Expires(After(closed, monday.AddDays(5))).ShouldBe(monday.AddDays(30));
    }

    [Theory]
    [InlineData("4512", true, true)]
    [InlineData("4512", false, false)]
    [InlineData("unread:0123", true, false)]
    public void A_handover_given_up_is_said_where_its_ticket_is_known(string ticket, bool handsOver, bool said)
    {
        var delivery = new Delivery("lyon", "generic", Post.Bare([]), new Key(ticket, "d1", handsOver), monday);

        decider.Skipped(SchoolSide.Unheard, delivery, monday).Effects.Count.ShouldBe(said ? 1 : 0);
        decider.Skipped(SchoolSide.Unheard with { HandedOver = true }, delivery, monday)
            .Effects.ShouldBeEmpty("it is handed over: only this one thing is skipped");
    }

    [Fact]
    public void A_ticket_never_heard_of_has_no_end() => decider.Expires(SchoolSide.Unheard).ShouldBeNull();

    static SchoolSide After(SchoolSide known, DateTimeOffset received, params Fact[] facts) =>
        SchoolSide.After(Decided.Say(known, facts), received).State;
}
