using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.School;

public sealed class CallbackTests
{
    [Fact]
    public async Task A_callback_sets_reference_and_state_and_becomes_a_note()
    {
        await using var school = await RunningSchool.Start();
        var data = new
        {
            ticket = "4512",
            reference = "R-000012",
            url = "https://itop.example/12",
            state = "open",
            text = "Transmis",
        };
        var told = await school.Tell("m1", "referenced", data);

        told.StatusCode.ShouldBe(HttpStatusCode.OK);
        var ticket = await school.Ticket();
        ticket["reference"]!.ToString().ShouldBe("R-000012");
        ticket["url"]!.ToString().ShouldBe("https://itop.example/12");
        ticket["state"]!.ToString().ShouldBe("open");
        ticket["notes"]!.AsArray().Single()!["text"]!.ToString().ShouldBe("Transmis");
        ticket["inbox"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_is_for_the_requester_reaches_the_requester()
    {
        await using var school = await RunningSchool.Start();
        await school.Tell("m1", "commented", new { audience = "support", text = "pour le support", author = "Alice Agent" });
        await school.Tell("m2", "commented", new { audience = "requester", text = "pour le demandeur" });
        await school.Tell("m3", "pending", new { text = (string?)null, reason = "Quel navigateur ?", state = "pending" });

        var ticket = await school.Ticket();
        ticket["notes"]!.AsArray().Select(m => m!["text"]!.ToString()).ShouldBe(["pour le support", "Quel navigateur ?"]);
        ticket["inbox"]!.AsArray().Select(m => m!["text"]!.ToString()).ShouldBe(["pour le demandeur"]);
        ticket["told"]!
            .AsArray()
            .Select(t => t!["type"]!.ToString())
            .ShouldBe(["group.commented", "group.commented", "group.pending"]);
    }

    [Fact]
    public async Task A_later_callback_without_reference_keeps_the_known_one()
    {
        await using var school = await RunningSchool.Start();
        await school.Tell("m1", "referenced", new { reference = "R-000012", state = "open" });
        await school.Tell("m2", "resolved", new { state = "resolved", solution = "Redémarré" });

        var ticket = await school.Ticket();
        ticket["reference"]!.ToString().ShouldBe("R-000012");
        ticket["state"]!.ToString().ShouldBe("resolved");
        ticket["notes"]!.AsArray().Last()!["text"]!.ToString().ShouldBe("Redémarré");
    }

    [Fact]
    public async Task A_repeat_is_answered_with_success_has_no_effect_and_is_in_the_ledger()
    {
        await using var school = await RunningSchool.Start();
        await school.Tell("m1", "commented", new { text = "une fois" });
        var repeat = await school.Tell("m1", "commented", new { text = "une fois" });

        repeat.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await school.Ticket())["notes"]!.AsArray().Count.ShouldBe(1);
        (await school.Ledger())
            .Select(l => $"{l["n"]} {l["dir"]} {l["id"]} {l["ticket"]} {l["type"]} {l["status"]} {l["repeat"]}")
            .ShouldBe(["1 told m1 4512 group.commented 200 false", "2 told m1 4512 group.commented 200 true"]);
    }

    [Fact]
    public async Task Twenty_of_the_same_at_once_have_one_effect()
    {
        await using var school = await RunningSchool.Start();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => school.Tell("m1", "commented", new { text = "une fois" })));

        (await school.Ticket())["notes"]!.AsArray().Count.ShouldBe(1);
        (await school.Ledger()).Count(l => (bool)l["repeat"]!).ShouldBe(19);
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_with_problem_details_and_takes_nothing()
    {
        await using var school = await RunningSchool.Start();
        var refused = await school.Tell("m1", "commented", new { text = "faux" }, signatures: "v1,AAAA");

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["status"]!.GetValue<int>().ShouldBe(401);
        (await school.Ledger()).ShouldBeEmpty();
        (await school.Http.GetAsync("/sim/tickets/4512")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await school.Tell("m1", "commented", new { text = "vrai" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_old_timestamp_is_refused()
    {
        await using var school = await RunningSchool.Start();
        var old = DateTimeOffset.UtcNow.AddMinutes(-6).ToUnixTimeSeconds();
        (await school.Tell("m1", "commented", new { text = "vieux" }, at: old)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("pas du json")]
    [InlineData("[]")]
    [InlineData("""{"specversion":"0.3","id":"a","type":"group.closed","subject":"1","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"a","type":"group.closed","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"a","type":"group.closed","subject":"1"}""")]
    public async Task What_is_no_cloud_event_is_a_bad_request(string text)
    {
        await using var school = await RunningSchool.Start();
        var body = Encoding.UTF8.GetBytes(text);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signed = new GroupTicketing.Simulators.School.Signature(RunningSchool.Secret).Sign("m1", now, body);
        (await school.Post("m1", now, signed, body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_fault_lasts_as_long_as_asked_and_takes_nothing()
    {
        await using var school = await RunningSchool.Start();
        await school.Fault(new { callbackStatus = 503, retryAfter = 7, times = 2 });

        for (var n = 0; n < 2; n++)
        {
            var down = await school.Tell("m1", "commented", new { text = "patience" });
            down.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            down.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        }
        (await school.Tell("m1", "commented", new { text = "patience" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await school.Ledger()).Select(l => $"{l["status"]} {l["repeat"]}").ShouldBe(["503 false", "503 false", "200 false"]);
        (await school.Ticket())["notes"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(410)]
    [InlineData(302)]
    [InlineData(429)]
    public async Task Any_status_can_be_asked_for(int status)
    {
        await using var school = await RunningSchool.Start();
        await school.Fault(new { callbackStatus = status });
        ((int)(await school.Tell("m1", "commented", new { text = "x" })).StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_dropped_answer_is_a_taken_callback()
    {
        await using var school = await RunningSchool.Start();
        await school.Fault(new { dropAnswerShare = 1.0, times = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => school.Tell("m1", "commented", new { text = "pris" }));

        (await school.Tell("m1", "commented", new { text = "pris" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await school.Ticket())["notes"]!.AsArray().Count.ShouldBe(1);
        (await school.Ledger()).Select(l => $"{l["status"]} {l["repeat"]}").ShouldBe(["0 false", "200 true"]);
    }

    [Fact]
    public async Task A_delay_holds_the_answer_back_not_the_effect()
    {
        await using var school = await RunningSchool.Start();
        await school.Fault(new { callbackDelayMs = 300, times = 1 });
        var watch = Stopwatch.StartNew();
        await school.Tell("m1", "commented", new { text = "lent" });
        watch.ElapsedMilliseconds.ShouldBeGreaterThanOrEqualTo(290);
    }

    [Fact]
    public async Task A_restart_keeps_tickets_repeats_and_ledger()
    {
        var folder = Directory.CreateTempSubdirectory("school-").FullName;
        await using (var before = await RunningSchool.Start(folder: folder))
        {
            await before.Tell("m1", "referenced", new { reference = "R-000012", state = "open", text = "Transmis" });
            await before.Tell(
                "m2",
                "commented",
                new
                {
                    audience = "requester",
                    text = "Bonjour",
                    file = new { name = "é.txt", size = 3 },
                }
            );
        }
        await using (var after = await RunningSchool.Start(folder: folder))
        {
            await after.Tell("m2", "commented", new { audience = "requester", text = "Bonjour" });
            var ticket = await after.Ticket();
            ticket["reference"]!.ToString().ShouldBe("R-000012");
            ticket["inbox"]!.AsArray().Single()!["file"]!["name"]!.ToString().ShouldBe("é.txt");
            (await after.Ledger()).Select(l => $"{l["n"]} {l["repeat"]}").ShouldBe(["1 false", "2 false", "3 true"]);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_pages_keep_support_and_requester_apart_and_encode_every_text()
    {
        await using var school = await RunningSchool.Start();
        await school.Tell("m1", "commented", new { reference = "R-000012", state = "open", text = "<script>note</script>" });
        await school.Tell("m2", "commented", new { audience = "requester", text = "<b>bonjour</b>" });

        var list = WebUtility.HtmlDecode(await school.Http.GetStringAsync("/"));
        list.ShouldContain("Outil de l'école (simulé) · INSA Lyon");
        list.ShouldContain("transmis au groupe");
        var page = await school.Http.GetStringAsync("/tickets/4512");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<b>");
        var requesterPart = page[page.IndexOf("Ce que voit le demandeur", StringComparison.Ordinal)..];
        requesterPart.ShouldContain("bonjour");
        requesterPart.ShouldNotContain("note");
    }
}
