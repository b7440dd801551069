using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Portal.Core;
using GroupTicketing.Routing;
using GroupTicketing.Routing.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>A link that could not be decided says so, and the Portal shows it.</summary>
public class QuarantinedTests
{
    static readonly Guid ticket = TicketIds.OfSchool("toulouse", "4512");

    static TicketOpened Opened =>
        new(
            new Heading(ticket, "toulouse", Demo.Now, null, 0, 1),
            new Handover(new SchoolTicket("4512", "4512"), "CANARI", "CANARI", new Placement("Scénari"))
        );

    [Fact]
    public async Task It_is_on_the_ticket_s_timeline_with_where_it_was_thrown_and_no_text()
    {
        await using var door = await Door.Open(["routing", "portal"]);
        // No placement: what a speaker of another release might say, and this one cannot decide.
        await door.Hear("routing", Opened with { Handover = Opened.Handover with { Placement = null! } });

        var view = await Shown(door);
        var step = view.Timeline.ShouldHaveSingleItem();
        (step.What, step.Speaker, step.Detail).ShouldBe(
            ("TicketQuarantined", "routing", "NullReferenceException in Opening.Place")
        );
        view.School.ShouldBe("toulouse");
    }

    [Fact]
    public void Said_by_the_link_alone_when_not_even_the_message_can_be_read()
    {
        var decider = new LinkDecider(Demo.Who);
        var said = decider.Quarantined(Link.Unheard with { Opened = Opened }, null, "JsonException", Demo.Now)
            .ShouldHaveSingleItem();

        var quarantined = ((Effect.Say)said).Message.ShouldBeOfType<TicketQuarantined>();
        (quarantined.Heading.TicketId, quarantined.Heading.School, quarantined.Heading.Number, quarantined.Reason).ShouldBe(
            (ticket, "toulouse", 0, "JsonException")
        );
        decider.Quarantined(Link.Unheard, null, "JsonException", Demo.Now).ShouldBeEmpty("nobody knows which ticket it is of");
    }

    [Fact]
    public void A_fact_of_a_speaker_that_Routing_does_not_hear_is_no_fact_of_the_group()
    {
        var told = new SchoolTold(new Heading(ticket, "toulouse", Demo.Now), SchoolNews.Commented, 200, 1);

        Should
            .Throw<InvalidOperationException>(() =>
                Decide.On(Link.Unheard with { Opened = Opened, Stage = Stage.Open }, told, Demo.Who, Demo.Now)
            )
            .Message.ShouldContain("SchoolTold");
    }

    static Task<TicketView> Shown(Door door) =>
        Door.Until(
            async () =>
                (await door.Services.GetRequiredService<Documents<TicketView>>().Read(ticket.ToString("N"), default))?.State,
            "the Portal was told"
        );
}
