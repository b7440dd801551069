using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>Bodies that are right but for their size, their characters or their framing: taken whole, or refused, and
/// nothing of what was taken is lost.</summary>
public sealed class OddBodiesTests : IAsyncLifetime
{
    const int MiB = 1024 * 1024;

    static readonly string Ticket = TicketIds.OfSchool("toulouse", "4512").ToString("N");

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["intake"]);
        key = await door.Key("toulouse");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData("ticket.opened", """{"title":"t","description":"?"}""")]
    [InlineData(
        "ticket.opened",
        """{"title":"t","description":"d","comments":[{"id":"1","at":"2026-11-24T09:00:00Z","text":"?"}]}"""
    )]
    [InlineData("ticket.reopened", """{"text":"?"}""")]
    public async Task A_text_that_is_too_big_is_said_to_be_and_never_taken_as_nothing(string type, string data)
    {
        var answer = await Post(Event(type, data.Replace("?", new string('x', MiB + 100))));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Said()).ShouldBeNull();
    }

    [Theory]
    [InlineData("\\u0041", 'A')]
    [InlineData("\u007f", '\u007f')]
    public async Task However_a_character_is_written_the_text_is_taken_whole(string written, char character)
    {
        var text = string.Concat(Enumerable.Repeat(written, 190_000));

        var answer = await Post(Event("ticket.opened", $$"""{"title":"t","description":"{{text}}","summary":"{{text}}"}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        IDocuments documents = door.Services.GetRequiredService<Documents<SchoolSide>>();
        var again = await documents.Again(Ticket, "intake-routing", 1, default);
        var opened = (TicketOpened)Json.Read(again.Messages.ShouldHaveSingleItem().Body, typeof(TicketOpened));
        opened.Handover.Description.ShouldBe(new string(character, 190_000));
    }

    [Theory]
    [InlineData("""{"title":"t","title":"t","description":"d"}""", "/data/title")]
    [InlineData("""{"title":"t","description":"d","files":[{"name":"a.txt","name":"b"}]}""", "/data/files/0/name")]
    public async Task A_member_twice_is_refused_beside_a_part_as_well(string data, string pointer)
    {
        var answer = await PostForm("xx", "form-data; name=\"f\"; filename=\"a.txt\"", Event("ticket.opened", data));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(pointer);
    }

    [Theory]
    [InlineData(5_000, "form-data; name=\"f\"; filename=\"a\"")]
    [InlineData(71, "form-data; name=\"f\"; filename=\"a\"")]
    [InlineData(2, "form-data; name=\"f\"; filename=C:\\a.txt")]
    public async Task A_form_that_cannot_be_read_is_refused(int boundary, string disposition)
    {
        var said = Event("ticket.opened", """{"title":"t","description":"d"}""");

        (await PostForm(new string('b', boundary), disposition, said)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_part_that_bears_the_name_of_a_member_of_an_opening_is_one_of_its_files()
    {
        var said = Event("ticket.opened", """{"title":"t","description":"d","name":"a.txt"}""");

        (await PostForm("xx", "form-data; name=\"f\"; filename=\"a.txt\"", said)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Said())!.AsArray().ShouldHaveSingleItem()!["body"]!["handover"]!["files"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_content_where_no_file_is_is_refused()
    {
        var answer = await Post(Event("ticket.opened", """{"title":"t","description":"d","name":"a","content":"QUJD"}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("/data/content");
    }

    [Fact]
    public Task Senders_that_trickle_what_they_announced_as_big_hold_no_small_post_up() =>
        WhileTheyTrickle(
            37_000_000,
            IncomingBodies.MostBigAtOnce,
            async () =>
            {
                var answer = await Post(Event("ticket.opened", """{"title":"t","description":"d"}"""));

                answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            }
        );

    [Fact]
    public Task Senders_that_trickle_what_they_announced_as_small_and_did_not_sign_hold_no_signed_post_up() =>
        WhileTheyTrickle(
            60_000,
            IncomingBodies.MostAtOnce,
            async () =>
            {
                foreach (var number in Enumerable.Range(0, 20))
                {
                    const string Data = """{"title":"t","description":"d"}""";
                    var said = GenericTests.Event("ticket.opened", Data, $"s{number}", $"e{number}");
                    (await door.Post(said, id: $"m{number}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
                }
            }
        );

    // As many as there are places announce so much each, until so many are being read.
    async Task WhileTheyTrickle(int announced, int held, Func<Task> act)
    {
        var bodies = door.Services.GetRequiredService<IncomingBodies>();
        var slow = new List<TcpClient>();
        try
        {
            foreach (var number in Enumerable.Range(0, IncomingBodies.MostAtOnce))
                slow.Add(await Trickle(number, announced));
            await Door.Until(
                async () => (await Task.FromResult(bodies.Held)) >= held ? bodies : null,
                "they are being read"
            );
            await act();
        }
        finally
        {
            slow.ForEach(one => one.Dispose());
        }
    }

    async Task<TcpClient> Trickle(int number, int announced)
    {
        var client = new TcpClient();
        await client.ConnectAsync(door.Http.BaseAddress!.Host, door.Http.BaseAddress.Port);
        var head =
            "POST /v1/schools/toulouse/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {announced}\r\nwebhook-id: a{number}\r\n"
            + $"webhook-timestamp: {DateTimeOffset.UtcNow.ToUnixTimeSeconds()}\r\n"
            + "webhook-signature: v1,AAAA\r\n\r\n{";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return client;
    }

    Task<HttpResponseMessage> Post(string body) =>
        door.Post(new StringContent(body, Encoding.UTF8, "application/json"), key);

    Task<HttpResponseMessage> PostForm(string boundary, string disposition, string said)
    {
        var body =
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"event\"\r\n\r\n{said}\r\n"
            + $"--{boundary}\r\nContent-Disposition: {disposition}\r\n\r\nabc\r\n--{boundary}--\r\n";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return door.Post(content, key);
    }

    // What the intake says of the ticket, in stored form; null: nothing.
    async Task<JsonNode?> Said()
    {
        var stored = await door.Services.GetRequiredService<IStore>().Load($"intake/{Ticket}", default);
        return stored is null ? null : JsonNode.Parse(stored.Body)!["streams"]?["intake-routing"]?["messages"];
    }

    static string Event(string type, string data) => Encoding.UTF8.GetString(GenericTests.Event(type, data));
}
