using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests;

/// <summary>A post is parsed at the door; whatever follows asks what was parsed, and never the bytes again.</summary>
public class ParsedOnceTests
{
    static readonly SchoolSide handedOver = SchoolSide.Unheard with { HandedOver = true };

    [Fact]
    public void A_generic_event_is_parsed_by_its_strict_pass_for_all_that_follows()
    {
        var light = GenericTests.Unpack(GenericTests.Event("ticket.commented", """{"id":"c1","text":"Bonjour"}""")).Light;
        Array.Clear(light.Body);

        new Generic().KeyOf(light, Demo.Toulouse)!.Ticket.ShouldBe("4512");
        new Generic().Moves(light.Bare()).ShouldBeFalse();
        new Generic()
            .Read(light.Bare(), Demo.Toulouse, handedOver)
            .Says.ShouldHaveSingleItem()
            .ShouldBeOfType<SchoolCommented>()
            .Text.ShouldBe("Bonjour");
    }

    [Fact]
    public void A_post_of_RT_is_parsed_for_its_key_and_for_all_that_follows()
    {
        var post = Rt5Tests.Recorded("ticket.created");
        var light = ((IDialect)new Rt5()).Unpack(RawPost.FromTool(post)).Light;
        var key = new Rt5().KeyOf(light, Demo.Lyon)!;
        Array.Clear(light.Body);

        new Rt5().Unreadable(light, Demo.Lyon).ShouldBeNull();
        new Rt5().Moves(light.Bare()).ShouldBeTrue();
        new Rt5()
            .Read(light.Bare(), Demo.Lyon, SchoolSide.Unheard)
            .Says.ShouldHaveSingleItem()
            .ShouldBeOfType<TicketOpened>()
            .Handover.Ticket.Id.ShouldBe(key.Ticket);
    }

    [Fact]
    public void Another_body_says_what_it_says_itself()
    {
        var post = Post.Bare(GenericTests.Event("ticket.closed", "{}", subject: "1"));
        new Generic().KeyOf(post, Demo.Toulouse)!.Ticket.ShouldBe("1");

        new Generic()
            .KeyOf(post with { Body = GenericTests.Event("ticket.closed", "{}", subject: "2") }, Demo.Toulouse)!
            .Ticket.ShouldBe("2");
        new Generic().KeyOf(post with { Body = "rien"u8.ToArray() }, Demo.Toulouse).ShouldBeNull();
    }
}
