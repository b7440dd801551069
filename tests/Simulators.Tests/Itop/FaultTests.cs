using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class FaultTests
{
    private const string Everything = "SELECT UserRequest";

    [Fact]
    public async Task Parallel_entries_on_one_ticket_are_lost_though_each_is_answered_with_success()
    {
        await using var itop = await RunningItop.Start(latencyMs: 30);
        var id = await itop.NewTicket();
        var answers = new List<JsonObject>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 24), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            var answer = await itop.Update(
                id,
                new { public_log = new { add_item = new { message = $"entrée {n}", format = "text" } } }
            );
            lock (answers)
                answers.Add(answer);
        });

        answers.ShouldAllBe(a => a["code"]!.GetValue<int>() == 0);
        answers.Count.ShouldBe(24);
        RunningItop.PublicLog(await itop.Get(id)).Count.ShouldBeInRange(3, 23);
        (await itop.Ledger()).Count(l => l["entry"] is not null).ShouldBe(24);
    }

    [Fact]
    public async Task Parallel_changes_of_different_fields_are_all_kept()
    {
        await using var itop = await RunningItop.Start(latencyMs: 50);
        var id = await itop.NewTicket();
        await Task.WhenAll(
            itop.Update(id, new { title = "Titre" }),
            itop.Update(id, new { urgency = 1 }),
            itop.Update(id, new { origin = "portal" })
        );

        var ticket = RunningItop.Fields(await itop.Get(id));
        (ticket["title"]!.ToString(), ticket["urgency"]!.ToString(), ticket["origin"]!.ToString()).ShouldBe(
            ("Titre", "1", "portal")
        );
    }

    [Fact]
    public async Task A_create_is_finished_though_the_client_has_gone()
    {
        await using var itop = await RunningItop.Start(latencyMs: 300);
        using var client = new HttpClient { BaseAddress = itop.Http.BaseAddress };
        using var gone = new CancellationTokenSource();
        var call =
            """{"operation":"core/create","comment":"","class":"UserRequest","fields":{"org_id":"""
            + """2,"title":"Parti","description":"D"}}""";

        var sending = RunningItop.Post(client, call, leave: gone.Token);
        await Wait.Until(async () =>
            (await itop.Http.GetStringAsync("/sim/calls")).Contains("core/create", StringComparison.Ordinal)
        );
        gone.Cancel();

        await Should.ThrowAsync<TaskCanceledException>(() => sending);
        (await itop.Ledger()).ShouldBeEmpty();
        await Wait.Until(async () => (await itop.Ledger()).Length == 1);
    }

    [Fact]
    public async Task A_late_create_breaks_the_connection_at_once_and_commits_afterwards()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { createCommitLateMs = new { min = 300, max = 400 }, createCommitLateShare = 1.0 });
        var watch = Stopwatch.StartNew();

        await Should.ThrowAsync<HttpRequestException>(() => itop.NewTicket("Tard"));
        watch.ElapsedMilliseconds.ShouldBeLessThan(300);

        (await itop.Get(Everything, "id"))["message"]!.ToString().ShouldBe("Found: 0");
        await Wait.Until(async () => (await itop.Get(Everything, "id"))["message"]!.ToString() == "Found: 1");
        (await itop.Ledger()).Single()["op"]!.ToString().ShouldBe("create");
    }

    [Fact]
    public async Task A_late_share_spares_other_calls()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Fault(new { createCommitLateShare = 1.0 });

        (await itop.Update(id, new { title = "x" }))["code"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_dropped_answer_is_a_done_call()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { dropAnswerShare = 1.0 });
        await Should.ThrowAsync<HttpRequestException>(() => itop.NewTicket());
        await itop.Fault(new { dropAnswerShare = 0.0 });

        (await itop.Get(Everything, "id"))["message"]!.ToString().ShouldBe("Found: 1");
    }

    [Fact]
    public async Task A_failure_of_php_is_an_html_page_and_nothing_done()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { http500Share = 1.0 });
        var response = await RunningItop.Post(itop.Http, """{"operation":"list_operations"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("<p>iTop: An error occurred");
    }

    [Fact]
    public async Task Maintenance_answers_503_in_another_shape()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { maintenance = true });
        var response = await RunningItop.Post(itop.Http, """{"operation":"list_operations"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        body["data"]![0]!["code"]!.GetValue<int>().ShouldBe(100);
        body.AsObject().ContainsKey("code").ShouldBeFalse();
    }

    [Fact]
    public async Task Read_only_lets_reads_through_and_answers_writes_like_a_rights_error()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Fault(new { readOnly = true });

        var refused = await itop.Create(new { org_id = 2, title = "T", description = "D" });
        refused["code"]!.GetValue<int>().ShouldBe(1);
        refused["message"]!
            .ToString()
            .ShouldBe("The current user does not have enough permissions for creating data of class UserRequest");
        (await itop.Get(id))["code"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Refusing_breaks_every_connection_until_it_is_lifted()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { refuse = true });
        await Should.ThrowAsync<HttpRequestException>(() => itop.NewTicket());
        await Should.ThrowAsync<HttpRequestException>(() => itop.Http.GetStringAsync("/webservices/status.php"));
        await itop.Fault(new { refuse = false });

        await itop.NewTicket();
        (await itop.Ledger()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_faults_keeps_the_others()
    {
        await using var itop = await RunningItop.Start();
        await itop.Fault(new { latencyMs = 7 });
        await itop.Fault(new { readOnly = true });

        var state = JsonNode.Parse(await itop.Http.GetStringAsync("/sim/faults"))!;
        state["latencyMs"]!.GetValue<int>().ShouldBe(7);
        state["readOnly"]!.GetValue<bool>().ShouldBeTrue();
    }
}
