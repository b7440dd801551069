using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>
/// RT read by its REST 2.0: the answers (<c>rt5/rest</c>) are those of a real RT 5.0.3 to a ticket opened, handed over,
/// answered as text and as HTML, commented with and without the mark, sent files, resolved,
/// reopened and written to by the group. Of these the same RT's scrip posted what is expected here.
/// </summary>
public class Rt5ReaderTests
{
    const int Big = 20_000_000;

    static readonly School lyon = Demo.Lyon with
    {
        Read = new ReadPort(new Uri("http://rt.example/REST/2.0/"), TimeSpan.FromMinutes(15)),
    };

    readonly List<string> asked = [];
    int pictureBytes = 28;

    [Fact]
    public async Task What_happened_reads_as_the_scrip_would_have_posted_it()
    {
        var posts = await Reader().Read(lyon, "1-31-key", "2", default);

        posts
            .Select(post => new Rt5().KeyOf(post, lyon)!.Delivery)
            .ShouldBe(Enumerable.Range(65, 17).Select(transaction => $"rt-txn-{transaction}"));
        var opened = Said(posts[0], SchoolSide.Unheard).ShouldBeOfType<TicketOpened>();
        (opened.Handover.Ticket.Id, opened.Handover.Title, opened.Handover.Description, opened.Heading.SourceId).ShouldBe(
            ("2", "Cours « Physique & chimie » vide", "Bonjour,\nle cours ne s'ouvre plus.", "rt-txn-65")
        );
        opened.Handover.Ticket.Url.ShouldBe("http://rt.example/Ticket/Display.html?id=2");
        opened.Heading.OccurredAt.ShouldBe(DateTimeOffset.Parse("2026-11-26T06:21:23Z", null));
        Words(posts).ShouldBe(
        [
            ("rt-txn-68", "Réponse en texte, œuvre à 10 €"),
            ("rt-txn-71", "Réponse en HTML & accents é\n\nDeuxième ligne\ntroisième"),
            ("rt-txn-74", "note pour le groupe"),
            ("rt-txn-75", "Voir la copie\n\n(Fichiers restés dans l’outil de l’établissement : ecran.png, journal.txt)"),
        ], "not RT's own mails, not the note without the mark, not what the group itself wrote");
        Said(posts[14], Live).ShouldBeOfType<SchoolReopened>();
        RtText
            .Own("Réponse en HTML & accents é\n\nDeuxième ligne\ntroisième\n\n--\nPaul\n\n> ce qui était écrit avant\n\n")
            .ShouldBe(Words(posts)[1].Item2, "as the scrip posted it");
    }

    [Fact]
    public async Task Where_a_ticket_holds_large_files_only_what_somebody_wrote_is_fetched()
    {
        var small = Words(await Reader().Read(lyon, "1-31-key", "2", default));
        asked.Clear();
        pictureBytes = Big;

        Words(await Reader().Read(lyon, "1-31-key", "2", default)).ShouldBe(small);

        asked.ShouldNotContain(url => url.Contains("Content&") || url.EndsWith("=Content"));
        asked
            .Where(url => url.Contains("/attachment/"))
            .Select(url => url.Split('/')[^1])
            .ShouldBe(["32", "36", "40", "44", "45", "47", "56"]);
    }

    [Fact]
    public async Task Where_the_handover_was_lost_all_of_it_is_missed()
    {
        var posts = await Reader().Read(lyon, "1-31-key", "2", default);

        Missed
            .Find([.. posts.Select(post => new Unpacked(post, [], []))], _ => false, lyon, new Rt5(), SchoolSide.Unheard)
            .Select(one => one.SourceId)
            .ShouldBe(new[] { 65, 68, 71, 74, 75, 79 }.Select(transaction => $"delivery:rt-txn-{transaction}"));
    }

    [Fact]
    public async Task Changed_are_those_that_bear_the_gesture()
    {
        (
            await Reader().Changed(lyon, "1-31-key", new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), default)
        ).Tickets.ShouldBe(["1", "2"]);

        asked[0]
            .ShouldBe(
                "token 1-31-key http://rt.example/REST/2.0/tickets?query='CF.{Escalate to group}' = 'yes' AND LastUpdated "
                + "> '2026-11-24 00:00:00'&per_page=100&page=1"
            );
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_has_nothing_to_say() =>
        (await Reader().Read(lyon, "1-31-key", "77", default)).ShouldBeEmpty();

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task What_is_no_answer_of_RT_s_is_said_without_a_word_of_it(HttpStatusCode status, string body)
    {
        var reader = new Rt5Reader(new ToolClient(new HttpClient(new Answering(_ => (status, body)))));

        (await Should.ThrowAsync<ToolException>(() => reader.Read(lyon, "1-31-key", "1", default))).Message.ShouldNotContain(
            "html"
        );
    }

    [Fact]
    public async Task An_address_inside_is_not_asked_and_it_is_said_why()
    {
        var reader = new Rt5Reader(new ToolClient(new SchoolAddresses(new() { Http = true }).Client(1024)));
        var inside = lyon with { Read = new ReadPort(new Uri("http://127.0.0.1:9/REST/2.0"), TimeSpan.FromMinutes(1)) };

        (await Should.ThrowAsync<ToolException>(() => reader.Read(inside, "1-31-key", "1", default))).Message.ShouldContain(
            "lies inside"
        );
    }

    [Fact]
    public void A_message_in_HTML_alone_is_its_text_without_what_it_quotes() =>
        Written("<p>Vu,<br>voir <a href='https://doc.example/'>ici</a></p><blockquote>@groupe ancien</blockquote>")
            .ShouldBe("Vu,\nvoir ici (https://doc.example/)");

    static string? Written(string html)
    {
        var transaction = JsonDocument
            .Parse("""{"id":"7","Type":"Correspond","Created":"2026-11-24T09:00:00Z","Creator":{"Name":"paul"}}""")
            .RootElement;
        var part = JsonDocument.Parse("""{"id":"9","TransactionId":"7","ContentType":"text/html","Filename":""}""").RootElement;
        var post = RtShown.Post(
            new JsonObject { ["id"] = 2 },
            transaction,
            [part],
            new Dictionary<string, string> { ["9"] = html }
        );
        return (string?)JsonNode.Parse(post.Body)!["transaction"]!["text"];
    }

    static SchoolSide Live => SchoolSide.Unheard with { HandedOver = true };

    static IReadOnlyList<(string?, string)> Words(IReadOnlyList<Post> posts) =>
        [.. posts.Select(post => Said(post, Live)).OfType<SchoolCommented>().Select(said => (said.Heading.SourceId, said.Text))];

    static Fact? Said(Post post, SchoolSide known) => (Fact?)new Rt5().Read(post, lyon, known).Says.SingleOrDefault();

    Rt5Reader Reader() =>
        new(
            new ToolClient(
                new HttpClient(
                    new Answering(request =>
                    {
                        var url = Uri.UnescapeDataString(request.RequestUri!.ToString());
                        asked.Add($"{request.Headers.Authorization} {url}");
                        return url switch
                        {
                            _ when url.Contains("/tickets?") => Shown("tickets"),
                            _ when url.Contains("/ticket/2/history") => Shown("history"),
                            _ when url.Contains("/ticket/2/attachments?fields=Content&") => Shown("contents"),
                            _ when url.Contains("/ticket/2/attachments") => (
                                HttpStatusCode.OK,
                                Recorded("parts").Replace("\"ContentLength\": \"28\"", $"\"ContentLength\": \"{pictureBytes}\"")
                            ),
                            _ when url.EndsWith("/attachment/40") => Shown("attachment"),
                            _ when url.Contains("/attachment/") => (HttpStatusCode.OK, Alone(url.Split('/')[^1])),
                            _ when url.Contains("/ticket/2?") => Shown("ticket"),
                            _ when url.Contains("/user/marie.durand") => Shown("user"),
                            _ => (HttpStatusCode.NotFound, """{"message":"Not Found"}"""),
                        };
                    })
                )
            )
        );

    static (HttpStatusCode Status, string Body) Shown(string name) => (HttpStatusCode.OK, Recorded(name));

    static string Recorded(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Intake", "rt5", "rest", $"{name}.json"));

    // Of the others the same as 40 was recorded.
    static string Alone(string id)
    {
        var content = JsonNode.Parse(Recorded("contents"))!["items"]!.AsArray().Single(part => (string)part!["id"]! == id)![
            "Content"
        ]!.GetValue<string>();
        return new JsonObject
        {
            ["id"] = int.Parse(id),
            ["Content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks),
        }.ToJsonString();
    }

    sealed class Answering(Func<HttpRequestMessage, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = answer(request);
            return Task.FromResult(
                new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
            );
        }
    }
}
