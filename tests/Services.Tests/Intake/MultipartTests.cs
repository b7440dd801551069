using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>Files as tools really send them: in parts or in the JSON, beside an opening, a comment or alone. Each is
/// taken with its own bytes, or named in a refusal.</summary>
public partial class MultipartTests : IAsyncLifetime
{
    const string Opened = """{"title":"t","description":"d"}""";

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["intake"]);
        key = await door.Key("toulouse");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task Of_two_parts_of_one_name_each_claim_takes_its_own_in_order()
    {
        await Taken(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"image.png","id":"a"},{"name":"image.png","id":"b"}]}""",
            Part("image.png", "FIRST"),
            Part("image.png", "SECOND")
        );

        (await Files()).ShouldBe([("image.png", "FIRST"), ("image.png", "SECOND")]);
    }

    [Fact]
    public async Task A_part_that_nobody_claims_is_one_more_file()
    {
        await Taken(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"image.png"}]}""",
            Part("image.png", "FIRST"),
            Part("image.png", "SECOND"),
            Part("b.txt", "")
        );

        (await Files()).ShouldBe([("image.png", "FIRST"), ("image.png", "SECOND"), ("b.txt", "")]);
    }

    [Theory]
    [InlineData("filename=\"plan %22final%22.txt\"")]
    [InlineData("filename=\"plan \\\"final\\\".txt\"")]
    [InlineData("filename=\"autre.txt\"; filename*=UTF-8''plan%20%22final%22.txt")]
    [InlineData("FileName=\"plan %22final%22.txt\"")]
    public async Task A_name_is_read_as_browsers_write_it(string filename)
    {
        await Taken(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"plan \"final\".txt"}]}""",
            ($"Content-Disposition: form-data; name=\"f\"; {filename}", "Q")
        );

        (await Files()).ShouldBe([("plan \"final\".txt", "Q")]);
    }

    [Theory]
    [InlineData("bytes", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.Accepted)]
    public async Task A_file_without_a_name_is_told_unless_none_was_chosen(string bytes, HttpStatusCode status)
    {
        var answer = await Send(
            "ticket.opened",
            Opened,
            ("Content-Disposition: form-data; name=\"f\"; filename=\"\"", bytes)
        );

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task It_may_be_sent_again_with_another_boundary_but_not_with_other_bytes()
    {
        var (header, opened) = (
            "Content-Disposition: form-data; name=event",
            Encoding.UTF8.GetString(GenericTests.Event("ticket.opened", Opened))
        );
        var first = Body((header, opened), Part("a.txt", "A"));
        var again = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace("--bb", "--zz"));

        (await Post(first, "multipart/form-data; boundary=bb")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Post(again, "multipart/form-data; boundary=zz")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Post(Body((header, opened), Part("a.txt", "B")), "multipart/form-data; boundary=bb")).StatusCode.ShouldBe(
            HttpStatusCode.Conflict
        );
        (await Files()).ShouldBe([("a.txt", "A")]);
    }

    [Fact]
    public async Task Several_files_in_one_part_are_refused()
    {
        var answer = await Post(
            Body(
                (
                    "Content-Disposition: form-data; name=event",
                    Encoding.UTF8.GetString(GenericTests.Event("ticket.opened", Opened))
                ),
                (
                    "Content-Disposition: form-data; name=\"f\"\r\nContent-Type: Multipart/Mixed; boundary=cc",
                    "--cc\r\n\r\nA\r\n--cc--"
                )
            ),
            "multipart/form-data; boundary=bb"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_part_does_not_replace_the_event()
    {
        await Taken(
            "ticket.opened",
            Opened,
            (
                "Content-Disposition: form-data; name=\"meta\"",
                Encoding.UTF8.GetString(GenericTests.Event("ticket.opened", """{"title":"another","description":"d"}"""))
            )
        );

        ((string)(await Said())[0]["handover"]!["title"]!).ShouldBe("t");
        (await Files()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "Content-Disposition: form-data; name=\"event\"; filename=\"event.json\"\r\nContent-Type: Application/JSON",
        "Multipart/Form-Data; boundary=bb"
    )]
    [InlineData("content-disposition: form-data; name=event", "MULTIPART/FORM-DATA; Boundary=\"bb\"")]
    public async Task The_event_may_bear_a_file_s_name_and_types_any_case(string header, string type)
    {
        var answer = await Post(
            Body((header, Encoding.UTF8.GetString(GenericTests.Event("ticket.opened", Opened))), Part("a.txt", "A")),
            type
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        (await Files()).ShouldBe([("a.txt", "A")]);
    }

    [Theory]
    [InlineData("ticket.commented")]
    [InlineData("ticket.answered")]
    public async Task A_comment_s_files_cross_with_it(string type)
    {
        await Taken("ticket.opened", Opened);
        await Taken(
            type,
            """{"id":"c1","text":"voir la capture","files":[{"name":"cap.png","content":"QUJD"},"""
            + """{"name":"secret.png","content":"QUJD","visibility":"private"}]}""",
            Part("zero.log", "")
        );

        (await Files()).ShouldBe([("cap.png", "ABC"), ("zero.log", "")]);
        (await Said())
            .Skip(1)
            .Select(fact => (string)fact["heading"]!["sourceId"]!)
            .ShouldBe(["comment:c1", "file:c1/0", "file:c1/2"]);
    }

    [Fact]
    public async Task A_private_comment_keeps_its_files_to_itself()
    {
        await Taken("ticket.opened", Opened);
        await Taken(
            "ticket.commented",
            """{"id":"c1","text":"entre nous","visibility":"private","files":[{"name":"cap.png","content":"QUJD"}]}"""
        );

        (await Said()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_attachment_may_be_empty_in_a_part_too()
    {
        await Taken("ticket.opened", Opened);
        await Taken("ticket.attached", """{"id":"f1","name":"zero.log","content":""}""");
        await Taken("ticket.attached", """{"id":"f2","name":"un.log"}""", Part("un.log", ""));

        (await Files()).ShouldBe([("zero.log", ""), ("un.log", "")]);
    }

    [Theory]
    [InlineData("ticket.closed", "{}", "/data/files")]
    [InlineData("ticket.attached", """{"id":"f1","name":"a.log","content":""}""", "/data/files")]
    [InlineData("ticket.attached", """{"id":"f1","name":"b.log"}""", "/data/content /data/files")]
    [InlineData("ticket.opened", """{"title":"t","description":"d","files":[{"name":"c.log"}]}""", "/data/files/0")]
    public async Task What_is_not_taken_is_named(string type, string data, string pointers)
    {
        var answer = await Send(type, data, Part("z.log", "Z"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        string.Join(' ', errors.Select(error => (string)error!["field"]!).Order()).ShouldBe(pointers);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=cc")]
    public async Task A_boundary_that_is_none_is_400(string type) =>
        (await Post(Body(Part("event", "{}")), type)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Two_events_are_400() =>
        (await Send("ticket.opened", Opened, ("Content-Disposition: form-data; name=\"event\"", "{}"))).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );

    static (string Header, string Bytes) Part(string name, string bytes) =>
        ($"Content-Disposition: form-data; name=\"f\"; filename=\"{name}\"", bytes);

    static byte[] Body(params IEnumerable<(string Header, string Bytes)> parts) =>
        Encoding.UTF8.GetBytes(
            string.Concat(parts.Select(part => $"--bb\r\n{part.Header}\r\n\r\n{part.Bytes}\r\n")) + "--bb--\r\n"
        );

    async Task Taken(string type, string data, params (string Header, string Bytes)[] parts)
    {
        var answer = await Send(type, data, parts);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
    }

    Task<HttpResponseMessage> Send(string type, string data, params (string Header, string Bytes)[] parts)
    {
        var said = Encoding.UTF8.GetString(GenericTests.Event(type, data, id: Guid.NewGuid().ToString()));
        return Post(
            Body([("Content-Disposition: form-data; name=\"event\"", said), .. parts]),
            "multipart/form-data; boundary=bb"
        );
    }

    Task<HttpResponseMessage> Post(byte[] body, string type) =>
        door.Post(new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, key);

    static Guid Ticket => TicketIds.OfSchool("toulouse", "4512");

    async Task<IReadOnlyList<JsonNode>> Said() =>
        [
            .. JsonNode.Parse((await door.Services.GetRequiredService<IStore>().Load($"intake/{Ticket:N}", default))!.Body)![
                "streams"
            ]!["intake-routing"]!["messages"]!
                .AsArray()
                .Select(one => one!["body"]!),
        ];

    async Task<IReadOnlyList<(string Name, string Bytes)>> Files()
    {
        var found = new List<(string Name, string Bytes)>();
        foreach (
            var claim in (await Said())
                .SelectMany(fact => (fact["handover"]?["files"] as JsonArray ?? []).Append(fact["file"]))
                .Where(claim => claim is not null)
        )
        {
            var bytes = await door.Services.GetRequiredService<IFiles>().Get($"{Ticket:N}", (string)claim!["sha256"]!, default);
            found.Add(((string)claim["name"]!, Encoding.UTF8.GetString(bytes!)));
        }
        return found;
    }
}
