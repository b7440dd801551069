using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>The door schools' tools knock at, over real HTTP.</summary>
public class ReceiveWebhookTests : IAsyncLifetime
{
    static readonly byte[] opened = GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""");

    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake"]);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task A_signed_event_is_taken_and_answered_with_its_ticket()
    {
        var answer = await door.Post(opened);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var ticket = TicketIds.OfSchool("toulouse", "4512").ToString("N");
        answer.Headers.Location!.ToString().ShouldBe($"/v1/tickets/{ticket}");
        (await Known(ticket))!.State.HandedOver.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_delivery_again_is_the_same_answer_and_one_effect()
    {
        var first = await (await door.Post(opened)).Content.ReadAsStringAsync();
        var stored = await Body();
        var second = await door.Post(opened);

        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await second.Content.ReadAsStringAsync()).ShouldBe(first);
        Said(await Body()).ShouldBe(Said(stored));
    }

    [Fact]
    public async Task The_same_delivery_with_another_body_is_a_conflict()
    {
        await door.Post(opened);
        var answer = await door.Post(GenericTests.Event("ticket.closed", "{}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Problem(answer)).ShouldBe("urn:groupticketing:problem:other-body");
    }

    [Fact]
    public async Task An_unknown_school_is_404()
    {
        var answer = await door.Post(opened, "rouen");
        (answer.StatusCode, await Problem(answer)).ShouldBe(
            (HttpStatusCode.NotFound, "urn:groupticketing:problem:unknown-school")
        );
    }

    [Fact]
    public async Task Signatures_missing_wrong_and_old_are_told_apart_and_keep_nothing()
    {
        var missing = await door.Post(opened, signed: false);
        var wrong = await door.Post(opened, "lyon");
        var old = await door.Post(opened, at: TimeProvider.System.GetUtcNow().AddMinutes(-6));

        foreach (var (answer, code) in new[] { (missing, "no-signature"), (wrong, "wrong-signature"), (old, "old-timestamp") })
            (answer.StatusCode, await Problem(answer)).ShouldBe(
                (HttpStatusCode.Unauthorized, $"urn:groupticketing:problem:{code}")
            );
        (await Known(TicketIds.OfSchool("toulouse", "4512").ToString("N"))).ShouldBeNull();
    }

    [Fact]
    public async Task An_id_that_is_empty_is_none()
    {
        var answer = await door.Post(opened, id: "");

        (answer.StatusCode, await Problem(answer)).ShouldBe(
            (HttpStatusCode.Unauthorized, "urn:groupticketing:problem:no-signature")
        );
    }

    [Fact]
    public async Task The_school_s_own_key_does_for_a_signature_and_another_s_does_not()
    {
        (await door.Post(opened, key: await door.Key("toulouse"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await door.Post(opened, key: await door.Key("lyon"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await door.Post(opened, key: await door.Key("operator"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await door.Post(opened, key: "gt_unknown")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Flaws_come_all_at_once_in_the_caller_s_language()
    {
        var answer = await door.Post(Encoding.UTF8.GetBytes("""{"specversion":"1.0","type":"ticket.opened","data":{}}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        errors
            .Select(error => (string)error!["field"]!)
            .Order()
            .ShouldBe(["/data/description", "/data/title", "/id", "/source", "/subject", "/time"]);
        ((string)errors[0]!["what"]!).ShouldContain("Obligatoire");
    }

    [Fact]
    public async Task More_than_a_mebibyte_without_files_is_too_big_and_a_file_of_two_is_not()
    {
        var filler = new JsonObject
        {
            ["title"] = "t",
            ["description"] = "d",
            ["other"] = new JsonArray([.. Enumerable.Repeat(0, 700).Select(_ => (JsonNode)new string('x', 1_600))]),
        };
        (await door.Post(GenericTests.Event("ticket.opened", filler.ToJsonString()))).StatusCode.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );

        var file = new byte[2 * 1024 * 1024];
        var attached = new JsonObject
        {
            ["title"] = "t",
            ["description"] = "d",
            ["files"] = new JsonArray(new JsonObject { ["name"] = "a.bin", ["content"] = Convert.ToBase64String(file) }),
        };
        (await door.Post(GenericTests.Event("ticket.opened", attached.ToJsonString()), id: "msg_2")).StatusCode.ShouldBe(
            HttpStatusCode.Accepted
        );
        Directory.GetFiles(Path.Combine(door.Data, "files"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_words_of_a_ticket_not_handed_over_are_nowhere_in_the_data()
    {
        const string Canary = "canari-jaune-7731";
        var post = Rt5Tests.Recorded("ticket.correspond", said =>
        {
            said["ticket"]!["customFields"]!["Escalate to group"] = null;
            said["transaction"]!["text"] = Canary;
        });
        (await PostRt(post)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var escalated = Rt5Tests.Recorded("ticket.correspond", said => said["transaction"]!["text"] = "temoin-4410");
        (await PostRt(escalated)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        Holds("temoin-4410").ShouldBeTrue();
        Holds(Canary).ShouldBeFalse();
    }

    [Fact]
    public async Task A_generic_comment_on_a_ticket_not_handed_over_is_not_kept_either()
    {
        (await door.Post(GenericTests.Event("ticket.commented", """{"id":"c","text":"canari-vert-9120"}"""))).StatusCode.ShouldBe(
            HttpStatusCode.Accepted
        );
        Holds("canari-vert-9120").ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_that_fails_is_503_with_a_time_keeps_nothing_and_takes_the_repeat_once_it_is_well()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("groupticketing-").FullName, "store.db");
        var store = new FailingStore(new SqliteStore(file));
        await using var broken = await Door.Open(["intake"], builder => builder.Services.AddSingleton<IStore>(store));
        var key = $"intake/{TicketIds.OfSchool("toulouse", "4512"):N}";

        var answer = await broken.Post(opened);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        (await store.Load(key, default)).ShouldBeNull();

        store.Broken = false;
        (await broken.Post(opened)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await store.Load(key, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_that_cannot_be_looked_up_is_503_as_well()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("groupticketing-").FullName, "store.db");
        var store = new FailingStore(new SqliteStore(file));
        await using var broken = await Door.Open(["intake"], builder => builder.Services.AddSingleton<IStore>(store));
        store.Unreadable = true;

        var answer = await broken.Post(opened, key: "gt_any");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_multipart_post_brings_its_file()
    {
        var said = GenericTests.Event(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"plan.txt","type":"text/plain"}]}"""
        );
        using var parts = new MultipartFormDataContent
        {
            { new ByteArrayContent(said), "event" },
            { new ByteArrayContent("canari-plan"u8.ToArray()), "file", "plan.txt" },
        };

        var answer = await PostMultipart(parts);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        Holds("canari-plan").ShouldBeTrue("the file's bytes are kept");
        (await Body())["streams"]!["intake-routing"]!["messages"]![0]!["body"]!["handover"]!["files"]![0]!["name"]!
            .GetValue<string>()
            .ShouldBe("plan.txt");
    }

    [Theory]
    [InlineData("--x\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"event\"\r\n\r\n{not json\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"event\"\r\n\r\n{}\r\n--x--\r\n")]
    public async Task A_multipart_post_that_cannot_be_read_is_400(string body)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        var answer = await PostMultipart(content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Problem(answer)).ShouldEndWith("bad-event");
    }

    async Task<HttpResponseMessage> PostMultipart(HttpContent content) => await door.Post(content, await door.Key("toulouse"));

    async Task<HttpResponseMessage> PostRt(GroupTicketing.Intake.Core.Post post)
    {
        var signed = Rt5Tests.Sign(post, "rt-token-of-lyon", TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/lyon/events")
        {
            Content = new ByteArrayContent(signed.Body),
        };
        foreach (var (name, value) in signed.Headers)
            request.Headers.Add(name, value);
        return await door.Http.SendAsync(request);
    }

    bool Holds(string text) =>
        Directory.GetFiles(door.Data, "*", SearchOption.AllDirectories)
            .Any(file => Contents(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    static byte[] Contents(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    Task<DocumentView<SchoolSide>?> Known(string ticket) =>
        door.Services.GetRequiredService<Documents<SchoolSide>>().Read(ticket, default);

    async Task<JsonNode> Body() =>
        JsonNode.Parse(
            (
                await door
                    .Services.GetRequiredService<IStore>()
                    .Load($"intake/{TicketIds.OfSchool("toulouse", "4512"):N}", default)
            )!.Body
        )!;

    static int Said(JsonNode document) => document["streams"]!["intake-routing"]!["messages"]!.AsArray().Count;

    static async Task<string> Problem(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!;
}
