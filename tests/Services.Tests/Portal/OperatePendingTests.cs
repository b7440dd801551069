using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>What is pending and stuck, taken up by an operator over real HTTP.</summary>
public class OperatePendingTests : IAsyncLifetime
{
    static readonly Guid id = TicketIds.OfSchool("toulouse", "4512");
    static readonly string ticket = id.ToString("N");

    SchoolTool tool = null!;
    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        tool = await SchoolTool.Start();
        IReadOnlyList<Registry.School> schools = [.. tool.Schools, Demo.Lyon];
        door = await Door.Open(["routing", "notification", "portal"], builder => builder.Services.AddSingleton(schools));
        key = await door.Key("operator");
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        await tool.DisposeAsync();
    }

    [Fact]
    public async Task A_stopped_lane_is_listed_with_its_reason_and_retried_once_its_cause_is_mended()
    {
        await Stop();
        var listed = (await Pending()).Single(call => (string)call["lane"]! == "school");
        ((string)listed["ticket"]!, (string)listed["target"]!, listed["nextTry"]).ShouldBe((ticket, "school:toulouse", null));
        ((string)listed["lastError"]!).ShouldContain("410");
        tool.Answers = _ => Task.CompletedTask;

        (await Act("notification", "school", "retry")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Door.Until(() => Task.FromResult(tool.Heard.Count == 2 ? "heard" : null), "the tool hears it again");
        await Drained();
    }

    [Fact]
    public async Task Given_up_its_head_is_dropped_and_the_next_goes()
    {
        await Stop();
        await Want(SchoolNews.Assigned, 2);
        tool.Answers = _ => Task.CompletedTask;

        (await Act("notification", "school", "skip")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Drained();
        tool.Heard.Select(heard => (string)JsonNode.Parse(heard.Body)!["type"]!).ShouldBe(["group.referenced", "group.assigned"]);
    }

    [Fact]
    public async Task A_quarantined_link_is_released_and_given_up()
    {
        await door.Hear(
            "routing",
            new TicketOpened(
                new Heading(id, "toulouse", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("4512", "4512"), "t", "d", null!)
            )
        );
        ((string)(await Pending()).Single(call => (string)call["lane"]! == Outbox.QuarantineLane)["lastError"]!).ShouldBe(
            "NullReferenceException in Opening.Place"
        );

        (await Act("routing", Outbox.QuarantineLane, "release")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Pending()).ShouldContain(
            call => (string)call["lane"]! == Outbox.QuarantineLane,
            "decided again, it could not be decided again"
        );
        (await Act("routing", Outbox.QuarantineLane, "skip")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Pending()).ShouldNotContain(call => (string)call["lane"]! == Outbox.QuarantineLane);
        (await Act("routing", Outbox.QuarantineLane, "release")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("notification", "school", "retry")]
    [InlineData("notification", "school", "skip")]
    [InlineData("notification", "quarantine", "release")]
    [InlineData("notification", "quarantine", "skip")]
    [InlineData("notification", "nowhere", "retry")]
    [InlineData("elsewhere", "school", "retry")]
    [InlineData("notification", "school", "forget")]
    public async Task Where_nothing_is_pending_nothing_is_done(string service, string lane, string act)
    {
        var answer = await Act(service, lane, act);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!).ShouldBe(
            "urn:groupticketing:problem:not-pending"
        );
        (await door.Services.GetRequiredService<IStore>().Load($"{service}/{ticket}", default)).ShouldBeNull(
            "asking writes nothing"
        );
    }

    [Fact]
    public async Task All_of_one_cause_are_listed_and_released_together_and_nothing_else()
    {
        Guid[] broken = [TicketIds.OfSchool("toulouse", "1"), TicketIds.OfSchool("toulouse", "2")];
        foreach (var one in broken)
            await door.Hear(
                "routing",
                new TicketOpened(
                    new Heading(one, "toulouse", Demo.Now, null, 0, 1),
                    new Handover(new SchoolTicket("1", "1"), "t", "d", null!)
                )
            );
        var other = TicketIds.OfSchool("lyon", "1");
        await door.Hear(
            "routing",
            new TicketOpened(
                new Heading(other, "lyon", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("1", "1"), "t", "d", null!)
            )
        );
        await Stop();
        const string Cause = "target=quarantine:toulouse&cause=undecided&error=NullReferenceException in Opening.Place";

        (await Pending($"?{Cause}"))
            .Select(call => (string)call["ticket"]!)
            .ShouldBe(broken.Select(one => one.ToString("N")), ignoreOrder: true);
        (await Pending()).Take(3).ShouldAllBe(call => call["nextTry"] == null, "what waits for a person comes first");
        var answer = await door.Send($"/v1/pending/skip?{Cause}", key: key);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        ((int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["pending"]!).ShouldBe(2);
        (await Pending($"?{Cause}")).ShouldBeEmpty();
        (await Pending()).ShouldContain(call => (string)call["lane"]! == "school", "another cause waits on");
        (await Pending()).ShouldContain(call => (string)call["target"]! == "quarantine:lyon", "another school's does, too");
        (await door.Send($"/v1/pending/skip?{Cause}", key: key)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("skip?cause=gone")]
    [InlineData("skip?target=school:toulouse")]
    [InlineData("skip?target=school:toulouse&cause=410")]
    [InlineData("skip?target=school:toulouse&cause=nothing")]
    public async Task Without_a_target_and_a_known_cause_nothing_is_meant(string asked)
    {
        await Stop();

        var answer = await door.Send($"/v1/pending/{asked}", key: key);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!).ShouldBe(
            "urn:groupticketing:problem:no-cause"
        );
        (await Pending()).ShouldContain(call => (string)call["lane"]! == "school");
    }

    [Fact]
    public async Task Two_schools_that_fail_alike_are_two_causes()
    {
        await Stop();
        var store = door.Services.GetRequiredService<IStore>();
        var other = new PendingLane(
            "notification/other",
            "school",
            "school:rennes",
            null,
            Demo.Now,
            1,
            "gone there, too",
            Cause.Gone
        );
        await store.Save(
            new StoredDocument("notification/other", 1, Json.Write(new { schema = 1, state = new { } }), null, Demo.Now, null),
            [other],
            default
        );

        (await Pending("?cause=gone")).Count.ShouldBe(2);
        var answer = await door.Send("/v1/pending/skip?target=school:toulouse&cause=gone", key: key);

        ((int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["pending"]!).ShouldBe(1);
        await Door.Until(async () => (await Pending("?cause=gone")).Count == 1 ? "one" : null, "only the school that was meant");
        ((string)(await Pending("?cause=gone")).Single()["target"]!).ShouldBe("school:rennes");
    }

    [Fact]
    public async Task All_of_a_cause_is_all_of_it_and_not_its_first_page()
    {
        var store = door.Services.GetRequiredService<IStore>();
        foreach (var n in Enumerable.Range(0, 620))
        {
            var document = $"notification/{n:D4}";
            await store.Save(
                new StoredDocument(document, 1, Json.Write(new { schema = 1, state = new { } }), null, Demo.Now, null),
                [new PendingLane(document, "school", "school:toulouse", null, Demo.Now, 1, $"text {n}", Cause.Gone)],
                default
            );
        }
        var page = JsonNode.Parse(await (await door.Get("/v1/pending?target=school:toulouse", key)).Content.ReadAsStringAsync())!;
        var rest = await Pending($"?target=school:toulouse&after={Uri.EscapeDataString((string)page["after"]!)}");

        (page["pending"]!.AsArray().Count, rest.Count).ShouldBe((500, 120));
        var answer = await door.Send("/v1/pending/retry?target=school:toulouse&cause=gone", key: key);
        ((int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["pending"]!).ShouldBe(620);
        (await door.Get("/v1/pending?after=nonsense", key)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var cause in new[] { "1", "%201", "%2B1", "other,%20noAnswer", "" })
            (await door.Get($"/v1/pending?cause={cause}", key)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, cause);
        (await door.Get("/v1/pending?cause=NoAnswer", key)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_handover_given_up_closes_the_link_and_the_school_is_told()
    {
        await door.Hear(
            "routing",
            new TicketOpened(
                new Heading(id, "toulouse", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("4512", "4512"), "t", "d", null!)
            )
        );

        await Act("routing", Outbox.QuarantineLane, "skip");

        await Door.Until(() => Task.FromResult(tool.Heard.Count == 1 ? "heard" : null), "the school is told");
        var told = JsonNode.Parse(tool.Heard.First().Body)!;
        ((string)told["type"]!, (string)told["subject"]!, (string)told["data"]!["state"]!).ShouldBe(
            ("group.refused", "4512", "refused")
        );
        ((string)told["data"]!["reason"]!).ShouldContain("Transmettez-la de nouveau");
        await Drained();
    }

    [Fact]
    public async Task Only_operators_act_and_see()
    {
        await Stop();
        var toulouse = await door.Key("toulouse");
        foreach (
            var (wrong, status) in new[]
            {
                (null, HttpStatusCode.Unauthorized),
                ("gt_unknown", HttpStatusCode.Unauthorized),
                (toulouse, HttpStatusCode.Forbidden),
            }
        )
        {
            (await door.Get("/v1/pending", wrong)).StatusCode.ShouldBe(status);
            foreach (var act in new[] { "retry", "skip", "release" })
                (await door.Send($"/v1/pending/notification/{ticket}/school/{act}", key: wrong)).StatusCode.ShouldBe(status);
        }
        (await Pending()).ShouldContain(call => (string)call["lane"]! == "school");
        tool.Heard.Count.ShouldBe(1);
    }

    async Task Stop()
    {
        tool.Goes();
        await Want(SchoolNews.Referenced, 1);
        await Door.Until(
            async () => (await Pending()).FirstOrDefault(call => (string)call["lane"]! == "school" && call["nextTry"] is null),
            "the lane stopped"
        );
    }

    Task Want(SchoolNews news, long number) => door.Want(id, news, number);

    Task<HttpResponseMessage> Act(string service, string lane, string act) =>
        door.Send($"/v1/pending/{service}/{ticket}/{lane}/{act}", key: key);

    async Task<IReadOnlyList<JsonObject>> Pending(string query = "") =>
        [
            .. JsonNode.Parse(await (await door.Get($"/v1/pending{query}", key)).Content.ReadAsStringAsync())!["pending"]!
                .AsArray()
                .Select(call => call!.AsObject()),
        ];

    Task<string> Drained() =>
        Door.Until(
            async () => (await Pending()).Any(call => (string)call["lane"]! == "school") ? null : "nothing pending",
            "the lane is empty"
        );
}
