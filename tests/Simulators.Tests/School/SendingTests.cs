using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.School;

namespace GroupTicketing.Simulators.Tests.School;

public sealed class SendingTests
{
    private const string Opened =
        """{"title":"Moodle est lent","description":"Depuis ce matin","brique":"OpenMoodle","urgency":2}""";

    [Fact]
    public async Task Opening_a_ticket_sends_it_signed_with_the_next_number()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);

        var sent = await school.Say("/sim/tickets", Opened);

        sent["ticket"]!.ToString().ShouldBe("1001");
        sent["status"]!.GetValue<int>().ShouldBe(202);
        sent["answer"]!.ToString().ShouldBe("reçu");
        var arrival = gateway.Arrivals.Single();
        arrival.Path.ShouldBe("/v1/schools/lyon/events");
        Verified(arrival).ShouldBeNull();
        var cloudEvent = JsonNode.Parse(arrival.Text)!;
        cloudEvent["type"]!.ToString().ShouldBe("ticket.opened");
        cloudEvent["subject"]!.ToString().ShouldBe("1001");
        cloudEvent["id"]!.ToString().ShouldBe(arrival.Headers["webhook-id"]);
        cloudEvent["data"]!["number"]!.ToString().ShouldBe("1001");
        cloudEvent["data"]!["brique"]!.ToString().ShouldBe("OpenMoodle");
        (await school.Ticket("1001"))["title"]!.ToString().ShouldBe("Moodle est lent");
    }

    [Fact]
    public async Task A_given_number_is_kept_and_numbers_go_on_after_it()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);

        (await school.Say("/sim/tickets", """{"number":"4512","title":"T","description":"D"}"""))["ticket"]!
            .ToString()
            .ShouldBe("4512");
        (await school.Say("/sim/tickets", Opened))["ticket"]!.ToString().ShouldBe("4513");
    }

    [Fact]
    public async Task An_event_says_its_type_and_data()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        await school.Say(
            "/sim/tickets/4512/events",
            """{"type":"ticket.commented","data":{"id":"c1","by":"requester","text":"été"}}"""
        );

        var cloudEvent = JsonNode.Parse(gateway.Arrivals.Single().Text)!;
        cloudEvent["type"]!.ToString().ShouldBe("ticket.commented");
        cloudEvent["subject"]!.ToString().ShouldBe("4512");
        cloudEvent["data"]!["text"]!.ToString().ShouldBe("été");
    }

    [Fact]
    public async Task An_id_can_be_given_to_send_the_same_twice()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        const string Said = """{"id":"same","type":"ticket.commented","data":{}}""";
        await school.Say("/sim/tickets/4512/events", Said);
        await school.Say("/sim/tickets/4512/events", Said);

        gateway.Arrivals.Select(a => a.Headers["webhook-id"]).ShouldBe(["same", "same"]);
    }

    [Fact]
    public async Task What_gets_no_success_is_sent_again_with_the_same_id_and_a_fresh_signature()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        gateway.Next.Enqueue(503);
        gateway.Next.Enqueue(429);

        var sent = await school.Say("/sim/tickets", Opened);

        sent["attempts"]!.GetValue<int>().ShouldBe(3);
        gateway.Arrivals.Select(a => a.Headers["webhook-id"]).Distinct().Count().ShouldBe(1);
        gateway.Arrivals.ShouldAllBe(a => Verified(a) == null);
        (await school.Ledger()).Select(l => $"{l["dir"]} {l["type"]} {l["status"]} {l["repeat"]}").ShouldBe(
        [
            "sent ticket.opened 503 false",
            "sent ticket.opened 429 true",
            "sent ticket.opened 202 true",
        ]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public async Task A_refusal_is_not_sent_again(int status)
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        gateway.Next.Enqueue(status);

        var sent = await school.Say("/sim/tickets", Opened);

        sent["status"]!.GetValue<int>().ShouldBe(status);
        gateway.Arrivals.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Events_of_one_ticket_keep_their_order_when_one_is_retried()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        gateway.Next.Enqueue(503);

        var first = school.Say("/sim/tickets/1/events", """{"id":"a","type":"ticket.commented","data":{}}""");
        while (gateway.Arrivals.IsEmpty)
            await Task.Delay(5);
        await school.Say("/sim/tickets/1/events", """{"id":"b","type":"ticket.commented","data":{}}""");
        await first;

        gateway.Arrivals.Select(a => a.Headers["webhook-id"]).ShouldBe(["a", "a", "b"]);
    }

    [Fact]
    public async Task An_rt_payload_goes_out_byte_for_byte_with_the_scrips_headers()
    {
        await using var gateway = await Gateway.Start();
        await using var school = await RunningSchool.Start(gateway.Url);
        const string Payload =
            """{ "event":"ticket.correspond",  "id":"rt-insa-lyon-txn-276", "ticket":{"id":18,"subject":"Émilie"}, "n":1.50 }""";

        var sent = await school.Say("/sim/rt", $$"""{"body":{{Payload}}}""");

        sent["ticket"]!.ToString().ShouldBe("18");
        var arrival = gateway.Arrivals.Single();
        arrival.Path.ShouldBe("/v1/schools/lyon/events");
        arrival.Text.ShouldBe(Payload);
        arrival.Headers["x-rt-event"].ShouldBe("ticket.correspond");
        arrival.Headers["x-rt-delivery"].ShouldBe("rt-insa-lyon-txn-276");
        var mac = HMACSHA256.HashData("rt-secret"u8, Encoding.UTF8.GetBytes($"{arrival.Headers["x-rt-timestamp"]}.{Payload}"));
        arrival.Headers["x-rt-signature"].ShouldBe($"sha256={Convert.ToHexStringLower(mac)}");
        (await school.Ticket("18"))["title"]!.ToString().ShouldBe("Émilie");
    }

    private static string? Verified(Gateway.Arrival arrival) => new Signature(RunningSchool.Secret).Problem(
        arrival.Headers["webhook-id"],
        arrival.Headers["webhook-timestamp"],
        arrival.Headers["webhook-signature"],
        arrival.Body,
        DateTimeOffset.UtcNow);
}
