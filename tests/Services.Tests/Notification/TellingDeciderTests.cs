using GroupTicketing.Contracts;
using GroupTicketing.Notification;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>What is noted and said of each attempt to tell a school.</summary>
public class TellingDeciderTests
{
    static readonly SchoolUpdateWanted wanted = new(
        new Heading(TicketIds.OfSchool("toulouse", "4512"), "toulouse", Demo.Now, "source", 3, 7),
        SchoolNews.Resolved,
        Audience.Support,
        new SchoolTicket("4512", "4512"),
        "resolved",
        Solution: "CANARI"
    );

    readonly TellingDecider decider = new(Demo.Who.Schools);

    [Fact]
    public void Taken_it_says_with_which_status_and_after_how_many_attempts()
    {
        var (telling, said) = Settle(new Answer.Done(Made(204)), number: 3);

        var told = said.ShouldBeOfType<SchoolTold>();
        (told.News, told.Status, told.Attempts).ShouldBe((SchoolNews.Resolved, 204, 3));
        (
            told.Heading.TicketId,
            told.Heading.School,
            told.Heading.SourceId,
            told.Heading.Number,
            told.Heading.OccurredAt
        ).ShouldBe((wanted.Heading.TicketId, "toulouse", null, 0, Demo.Now.AddMinutes(1)));
        (telling.Told, telling.Attempts.Count).ShouldBe((1, 1));
        told.ToString().ShouldNotContain("CANARI");
    }

    [Fact]
    public void Refused_it_says_why()
    {
        var (telling, said) = Settle(new Answer.Refused("gone (410)", Made(410)));

        said.ShouldBeOfType<SchoolUnreachable>()
            .ShouldSatisfyAllConditions(one => one.Reason.ShouldBe("gone (410)"), one => one.News.ShouldBe(SchoolNews.Resolved));
        (telling.Told, telling.Attempts.ShouldHaveSingleItem().Status).ShouldBe((0, 410));
    }

    [Fact]
    public void Tried_again_it_is_only_noted()
    {
        var (telling, said) = Settle(new Answer.TryAgain("HTTP 500", Result: Made(500)));

        said.ShouldBeNull();
        (telling.Told, telling.Attempts.Count).ShouldBe((0, 1));
        Settle(new Answer.TryAgain("nobody knows"))
            .Telling.Attempts.ShouldBeEmpty("an attempt that was never made is no attempt");
    }

    [Fact]
    public void The_latest_attempts_are_kept_and_no_more()
    {
        var telling = SchoolTelling.Unheard;
        for (var number = 1; number <= SchoolTelling.MostAttempts + 5; number++)
            telling = Settle(new Answer.TryAgain("HTTP 500", Result: Made(number)), telling: telling).Telling;

        telling
            .Attempts.Select(made => made.Status)
            .ShouldBe(Enumerable.Range(6, SchoolTelling.MostAttempts).Select(number => (int?)number));
    }

    (SchoolTelling Telling, object? Said) Settle(Answer answer, int number = 1, SchoolTelling? telling = null)
    {
        var attempt = new Attempt(
            "notification/x",
            "school",
            "school:toulouse",
            new PendingCall("1-1", "resolved", Json.Element(Telling.From(wanted)), null, Demo.Now),
            "1-1",
            number,
            Demo.Now,
            null,
            "t"
        );
        var decided = decider.Settle(telling ?? SchoolTelling.Unheard, attempt, answer, Demo.Now.AddMinutes(1));
        return (decided.State, decided.Effects.OfType<Effect.Say>().SingleOrDefault()?.Message);
    }

    static AttemptMade Made(int status) => new("1-1", SchoolNews.Resolved, Demo.Now, status, 12, null);
}
