using GroupTicketing.Simulators.Itop.Rest;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Assigning_without_team_or_agent_succeeds_but_not_without_request_type()
    {
        await using var itop = await RunningItop.Start();
        var answer = await itop.Create(new { org_id = 2, title = "T", description = "D" });
        var id = RunningItop.Fields(answer)["ref"]!.ToString().TrimStart('R', '-', '0');

        var refused = await itop.Stimulus(id, "ev_assign", new { });
        refused["message"]!.ToString().ShouldBe("Missing mandatory attribute(s) for applying the stimulus: request_type.");
        refused.ContainsKey("objects").ShouldBeTrue();

        var assigned = await itop.Stimulus(id, "ev_assign", new { request_type = "incident" });
        RunningItop.Fields(assigned)["status"]!.ToString().ShouldBe("assigned");
        RunningItop.Fields(assigned)["team_id"]!.ToString().ShouldBe("0");
    }

    [Fact]
    public async Task A_refused_transition_keeps_nothing_of_the_call()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();

        await itop.Stimulus(id, "ev_resolve", new { solution = "x", public_log = "jamais" });

        var ticket = await itop.Get(id);
        RunningItop.PublicLog(ticket).ShouldBeEmpty();
        RunningItop.Fields(ticket)["solution"]!.ToString().ShouldBe("");
    }

    [Fact]
    public async Task Fields_entry_and_transition_go_in_one_call_and_reopening_clears_nothing()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Stimulus(
            id,
            "ev_assign",
            new { team_id = new { name = "Support Scénari" }, agent_id = new { name = "Agent", first_name = "Alice" } }
        );

        var resolved = await itop.Stimulus(id, "ev_resolve", new { solution = "Fait", public_log = "C'est fait" });
        RunningItop.Fields(resolved)["operational_status"]!.ToString().ShouldBe("resolved");
        RunningItop.Fields(resolved)["resolution_date"]!.ToString().ShouldNotBe("");
        RunningItop.PublicLog(resolved).Count.ShouldBe(1);

        var reopened = await itop.Stimulus(id, "ev_reopen", new { }, "connecteur");
        RunningItop.Fields(reopened)["status"]!.ToString().ShouldBe("assigned");
        RunningItop.Fields(reopened)["solution"]!.ToString().ShouldBe("<p>Fait</p>");
        RunningItop.Fields(reopened)["resolution_date"]!.ToString().ShouldNotBe("");
    }

    [Fact]
    public async Task A_forced_status_runs_no_transition()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();

        var forced = RunningItop.Fields(await itop.Update(id, new { status = "resolved" }));

        forced["status"]!.ToString().ShouldBe("resolved");
        forced["operational_status"]!.ToString().ShouldBe("resolved");
        forced["resolution_date"]!.ToString().ShouldBe("");
    }

    [Fact]
    public async Task Reassigning_to_the_same_agent_writes_nothing()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Stimulus(id, "ev_assign", new { agent_id = 2 });
        var writes = (await itop.Ledger()).Length;

        var answer = await itop.Stimulus(id, "ev_reassign", new { agent_id = 2 });

        answer["code"]!.GetValue<int>().ShouldBe(0);
        (await itop.Ledger()).Length.ShouldBe(writes);
    }

    [Fact]
    public void The_waiting_time_is_counted_apart()
    {
        var ticket = new ItopObject(
            "UserRequest",
            1,
            new Dictionary<string, object?> { ["status"] = "new", ["start_date"] = "2026-11-23 10:00:00" }
        );
        ticket = After(ticket, "assigned", "2026-11-23 10:00:10");
        ticket = After(ticket, "pending", "2026-11-23 10:00:30");
        ticket = After(ticket, "assigned", "2026-11-23 10:05:30");
        ticket = After(ticket, "resolved", "2026-11-23 10:05:35");

        ticket.Number("tto").ShouldBe(10);
        ticket.Number("cumulatedpending").ShouldBe(300);
        ticket.Number("ttr").ShouldBe(35);
        ticket.Text("time_spent").ShouldBe("335");
        ticket.Text("assignment_date").ShouldBe("2026-11-23 10:00:10");
    }

    private static ItopObject After(ItopObject ticket, string target, string now) =>
        ticket.With(Lifecycle.Effects(ticket, target, now));
}
