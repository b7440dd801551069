using CsCheck;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>What changed between two readings.</summary>
public class DiffTests
{
    [Theory]
    [InlineData("new", "assigned", typeof(TicketAssigned))]
    [InlineData("escalated_tto", "assigned", typeof(TicketAssigned))]
    [InlineData("assigned", "pending", typeof(TicketPending))]
    [InlineData("pending", "assigned", typeof(TicketAssigned))]
    [InlineData("assigned", "resolved", typeof(TicketResolved))]
    [InlineData("resolved", "assigned", typeof(TicketReopened))]
    [InlineData("resolved", "closed", typeof(TicketClosed))]
    [InlineData("waiting_for_approval", "rejected", typeof(TicketClosed))]
    [InlineData("new", "escalated_tto", typeof(DeadlineMissed))]
    [InlineData("assigned", "escalated_ttr", typeof(DeadlineMissed))]
    public void A_state_told_once(string before, string after, Type fact)
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = before });
        play.Poll();
        play.Change(itop => itop with { Status = after, Solution = after is "resolved" ? "fait" : itop.Solution })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType(fact);
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void Approval_is_shown_as_it_is_and_a_rejection_is_an_end_with_its_reason()
    {
        var play = ItopPlay.Opened();
        play.Change(itop => itop with { Status = "waiting_for_approval" })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<ApprovalMoved>()
            .State.ShouldBe("waiting_for_approval");
        play.Change(itop => itop with { Agent = "Camille Aubier" }).Poll().ShouldBeEmpty();
        play.Change(itop => itop with { Status = "approved" })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<ApprovalMoved>()
            .State.ShouldBe("approved");

        var other = ItopPlay.Opened().Change(itop => itop with { Status = "rejected" });
        other.Poll().ShouldHaveSingleItem().ShouldBeOfType<TicketClosed>().How.ShouldBe("rejected");
    }

    [Fact]
    public void From_escalated_back_to_assigned_nobody_took_it_anew()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "escalated_ttr" });
        play.Poll();
        play.Change(itop => itop with { Status = "assigned" }).Poll().ShouldBeEmpty();
    }

    [Fact]
    public void Resolved_and_closed_between_two_readings_the_solution_is_told_all_the_same()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "closed", Solution = "fait" });
        play.Poll().Select(fact => fact.GetType()).ShouldBe([typeof(TicketResolved), typeof(TicketClosed)]);
    }

    [Fact]
    public void The_team_retour_ecole_returns_it_with_the_last_word_as_the_reason_told_once()
    {
        var play = ItopPlay.Opened().Write("compte géré par votre annuaire");
        var returned = play.Change(itop => itop with { Status = "assigned", Team = ItopPlay.Return })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<ReturnedToSchool>();

        returned.Reason.ShouldBe("compte géré par votre annuaire");
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_last_word_that_was_told_before_is_not_told_again_as_the_reason()
    {
        var play = ItopPlay.Opened().Write("compte géré par votre annuaire");
        play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>();

        play.Change(itop => itop with { Status = "assigned", Team = ItopPlay.Return })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<ReturnedToSchool>()
            .Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("pending", "quel annuaire ?", "quel annuaire ?")]
    [InlineData("resolved", "voyez votre annuaire", "voyez votre annuaire")]
    [InlineData("closed", "voyez votre annuaire", "voyez votre annuaire")]
    [InlineData("pending", " ", "dans le journal")]
    public void What_the_same_save_gives_as_a_reason_is_the_reason_of_the_return(string status, string said, string reason)
    {
        var play = ItopPlay.Opened().Write("dans le journal");

        var told = play.Change(itop =>
                itop with
                {
                    Status = status,
                    PendingReason = status == "pending" ? said : null,
                    Solution = status == "pending" ? null : said,
                    Team = ItopPlay.Return,
                }
            )
            .Poll();

        told.OfType<ReturnedToSchool>().ShouldHaveSingleItem().Reason.ShouldBe(reason);
        told.OfType<GroupCommented>().Select(word => word.Text).ShouldBe(reason == "dans le journal" ? [] : ["dans le journal"]);
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_reason_that_was_told_before_is_not_told_again_as_the_return_s()
    {
        var play = ItopPlay.Opened();
        play.Change(itop => itop with { Status = "pending", PendingReason = "quel annuaire ?" }).Poll().ShouldHaveSingleItem();

        play.Change(itop => itop with { Team = ItopPlay.Return })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<ReturnedToSchool>()
            .Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("resolved")]
    public void What_log_and_reason_both_say_is_told_once(string status)
    {
        var play = ItopPlay.Opened().Write("quel navigateur ?");

        play.Change(itop => itop with { Status = status, PendingReason = "quel  navigateur ?", Solution = "quel navigateur ?" })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldNotBeOfType<GroupCommented>();
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void What_the_school_wrote_last_is_not_the_group_s_reason_for_returning()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, "merci de regarder");
        play.Write(call.Text!, "Connecteur GroupTicketing").Poll();
        var returned = play.Change(itop => itop with { Team = ItopPlay.Return })
            .Poll()
            .OfType<ReturnedToSchool>()
            .ShouldHaveSingleItem();
        (returned.Reason ?? "").ShouldNotContain("merci de regarder");
    }

    [Fact]
    public void Requalified_is_told_once()
    {
        var play = ItopPlay
            .Opened()
            .Change(itop => itop with { Service = "Publication", SousService = "Erreur de génération" });
        var told = play.Poll().ShouldHaveSingleItem().ShouldBeOfType<TicketRequalified>();

        (told.Service, told.SousService).ShouldBe(("Publication", "Erreur de génération"));
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_solution_mended_while_resolved_is_told_again()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "resolved", Solution = "un" });
        play.Poll();
        play.Change(itop => itop with { Solution = "deux" })
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<TicketResolved>()
            .Solution.ShouldBe("deux");
    }

    [Fact]
    public void A_group_s_comment_is_told_once_with_its_author_and_time()
    {
        var play = ItopPlay.Opened().Write("je regarde", date: "2026-11-24 10:00:00");
        var said = play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>();

        (said.Author, said.Text, said.Heading.OccurredAt).ShouldBe(
            (new Author(Role.Group, "Camille Aubier"), "je regarde", DateTimeOffset.Parse("2026-11-24T10:00:00+01:00"))
        );
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void Our_numbered_entries_are_never_told()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, "toujours en panne");
        play.Write(call.Text!, "Connecteur GroupTicketing").Poll().ShouldBeEmpty();
    }

    [Fact]
    public void Equal_entries_of_one_second_are_two()
    {
        var play = ItopPlay.Opened();
        play.Write("ok", date: "2026-11-24 10:00:00").Write("ok", date: "2026-11-24 10:00:00");
        play.Poll().Select(fact => fact.Heading.SourceId).Distinct().Count().ShouldBe(2);
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_missing_in_two_readings_thirty_seconds_apart_is_pending_again_under_its_number()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, "toujours en panne");
        play.Take(
            Readings.Done(
                play.Ticket,
                call,
                new(play.Itop with { Log = [new LogRead("2026-11-24 10:00:00", "Connecteur GroupTicketing", call.Text!)] }),
                ItopPlay.Rules,
                play.Now
            )
        );

        play.Poll();
        Upsert.Mend(play.Ticket, play.Now).Effects.ShouldBeEmpty();
        play.Now += TimeSpan.FromSeconds(28);
        play.Poll();
        Upsert.Mend(play.Ticket, play.Now).Effects.ShouldBeEmpty();
        play.Poll();

        var mended = Upsert.Mend(play.Ticket, play.Now);
        mended
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>()
            .Body.ShouldBe(new ItopCall.Write(GroupWish.Comment, call.Number, call.Text));
        Upsert.Mend(mended.State, play.Now.AddMinutes(5)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_seen_again_in_between_is_not_missing()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, "toujours en panne");
        var entry = new LogRead("2026-11-24 10:00:00", "Connecteur GroupTicketing", call.Text!);
        play.Take(Readings.Done(play.Ticket, call, new(play.Itop with { Log = [entry] }), ItopPlay.Rules, play.Now));
        play.Poll();
        play.Change(itop => itop with { Log = [entry] }).Poll();
        play.Now += TimeSpan.FromMinutes(2);
        Upsert.Mend(play.Ticket, play.Now).Effects.ShouldBeEmpty();
    }

    static readonly string[] states = ["new", "assigned", "pending", "resolved", "closed"];

    /// <summary>Any sequence of changes, read by any subset of polls.</summary>
    [Fact]
    public void Each_log_entry_is_told_once_and_the_state_told_last_is_the_true_one() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Gen.Bool)
            .List[0, 40]
            .Sample(steps =>
            {
                var play = ItopPlay.Opened();
                foreach (var (what, text, polled) in steps)
                {
                    _ =
                        what < states.Length
                            ? play.Change(itop =>
                                itop with
                                {
                                    Status = states[what],
                                    Solution = what == 3 ? $"solution {text}" : itop.Solution,
                                }
                            )
                            : play.Write($"mot {text}", date: "2026-11-24 10:00:00");
                    if (polled)
                        play.Poll();
                }
                play.Poll();

                play.Told.OfType<GroupCommented>().Count().ShouldBe(play.Itop.Log.Count);
                play.Told.OfType<GroupCommented>()
                    .Select(said => said.Heading.SourceId)
                    .Distinct()
                    .Count()
                    .ShouldBe(play.Itop.Log.Count);
                play.Ticket.Seen!.Status.ShouldBe(play.Itop.Status);
                StatesAfter(play.Told.LastOrDefault(fact => fact is not GroupCommented))
                    .ShouldContain(States.From(play.Itop.Status));
            });

    static string[] StatesAfter(Fact? last) => last switch
    {
        TicketAssigned => ["assigned"],
        TicketPending => ["pending"],
        TicketResolved => ["resolved"],
        TicketClosed => ["closed"],
        TicketReopened => ["assigned", "open"],
        _ => ["open"],
    };
}
