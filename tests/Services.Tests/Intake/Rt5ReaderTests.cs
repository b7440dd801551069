using System.Net;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests;

/// <summary>RT read by its REST 2.0: the answers are those of a real RT 5.0.3 to a ticket opened, handed over, answered and commented.</summary>
public class Rt5ReaderTests
{
    static readonly School lyon = Demo.Lyon with { Read = new ReadPort(new Uri("http://rt.example/REST/2.0/"), TimeSpan.FromMinutes(15)) };

    readonly List<string> asked = [];

    [Fact]
    public async Task What_happened_reads_as_the_scrip_would_have_posted_it()
    {
        var posts = await Reader().Read(lyon, "1-31-key", "1", default);

        posts.Select(post => new Rt5().KeyOf(post, lyon)!.Delivery).ShouldBe(["rt-txn-40", "rt-txn-41", "rt-txn-42", "rt-txn-43", "rt-txn-46"]);
        var opened = Said(posts[0], SchoolSide.Unheard).ShouldBeOfType<TicketOpened>();
        (opened.Ticket.Id, opened.Title, opened.Description, opened.Heading.SourceId).ShouldBe(("1", "Essai lecture", "Bonjour,\nle cours ne s ouvre plus.", "rt-txn-40"));
        opened.Ticket.Url.ShouldBe("http://rt.example/Ticket/Display.html?id=1");
        opened.Heading.OccurredAt.ShouldBe(DateTimeOffset.Parse("2026-11-25T21:25:13Z", null));
        var live = SchoolSide.Unheard with { HandedOver = true };
        Said(posts[1], live).ShouldBeNull("RT's own mail");
        var answer = Said(posts[3], live).ShouldBeOfType<SchoolCommented>();
        (answer.Text, answer.Author.Role).ShouldBe(("Une réponse publique", Role.Requester));
        Said(posts[4], live).ShouldBeOfType<SchoolCommented>().Text.ShouldBe("note  voir ici", "a private note crosses by its mark only");
    }

    [Fact]
    public async Task Where_the_handover_was_lost_all_of_it_is_missed()
    {
        var posts = await Reader().Read(lyon, "1-31-key", "1", default);

        Missed.Of(posts, _ => false, lyon, new Rt5(), SchoolSide.Unheard).Select(one => one.SourceId).ShouldBe(["delivery:rt-txn-40", "delivery:rt-txn-43", "delivery:rt-txn-46"]);
    }

    [Fact]
    public async Task Changed_are_those_that_bear_the_gesture()
    {
        (await Reader().Changed(lyon, "1-31-key", new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), default)).ShouldBe(["1"]);

        asked[0].ShouldBe("token 1-31-key http://rt.example/REST/2.0/tickets?query='CF.{Escalate to group}' = 'yes' AND LastUpdated > '2026-11-24 00:00:00'&per_page=100&page=1");
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_has_nothing_to_say() => (await Reader().Read(lyon, "1-31-key", "77", default)).ShouldBeEmpty();

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task What_is_no_answer_of_RT_s_is_said_without_a_word_of_it(HttpStatusCode status, string body)
    {
        var reader = new Rt5Reader(new ToolClient(new HttpClient(new Answering(_ => (status, body)))));

        (await Should.ThrowAsync<ToolException>(() => reader.Read(lyon, "1-31-key", "1", default))).Message.ShouldNotContain("html");
    }

    Fact? Said(Post post, SchoolSide known) => new Rt5().Read(post, lyon, known).Facts.SingleOrDefault();

    Rt5Reader Reader() => new(new ToolClient(new HttpClient(new Answering(request =>
    {
        var url = Uri.UnescapeDataString(request.RequestUri!.ToString());
        asked.Add($"{request.Headers.Authorization} {url}");
        return url switch
        {
            _ when url.Contains("/tickets?") => (HttpStatusCode.OK, """{"total":1,"count":1,"page":1,"per_page":100,"pages":1,"items":[{"type":"ticket","id":"1","_url":"http://rt.example/REST/2.0/ticket/1"}]}"""),
            _ when url.Contains("/ticket/1/history") => (HttpStatusCode.OK, History),
            _ when url.Contains("/ticket/1/attachments") => (HttpStatusCode.OK, Contents),
            _ when url.Contains("/ticket/1?") => (HttpStatusCode.OK, Ticket),
            _ when url.Contains("/user/marie.durand") => (HttpStatusCode.OK, """{"id":41,"Name":"marie.durand","EmailAddress":"svc@groupe-insa.example"}"""),
            _ => (HttpStatusCode.NotFound, """{"message":"Not Found"}"""),
        };
    }))));

    const string Ticket = """
        {"id":1,"Subject":"Essai lecture","Status":"open","Priority":"0","Queue":{"Name":"Support INSA Lyon","id":"3","type":"queue"},
         "Requestor":[{"id":"marie.durand","type":"user","_url":"http://rt.example/REST/2.0/user/marie.durand"}],
         "CustomFields":[{"name":"Group ticket ref","values":[],"id":"2"},{"id":"4","values":["yes"],"name":"Escalate to group"}]}
        """;

    const string History = """
        {"page":1,"count":5,"pages":null,"items":[
         {"Type":"Create","NewValue":"","Created":"2026-11-25T21:25:13Z","id":"40","OldValue":"","Creator":{"Name":"agent9","EmailAddress":"svc@groupe-insa.example","RealName":"Agent"},"Field":""},
         {"Type":"EmailRecord","NewValue":"","Created":"2026-11-25T21:25:13Z","id":"41","OldValue":"","Creator":{"Name":"RT_System","EmailAddress":"","RealName":"The RT System itself"},"Field":""},
         {"Type":"CustomField","NewValue":"yes","Created":"2026-11-25T21:25:14Z","id":"42","OldValue":"","Creator":{"Name":"agent9","EmailAddress":"svc@groupe-insa.example","RealName":"Agent"},"Field":"4"},
         {"Type":"Correspond","NewValue":"","Created":"2026-11-25T21:25:14Z","id":"43","OldValue":"","Creator":{"Name":"agent9","EmailAddress":"svc@groupe-insa.example","RealName":"Agent"},"Field":""},
         {"Type":"Comment","NewValue":"","Created":"2026-11-25T21:25:16Z","id":"46","OldValue":"","Creator":{"Name":"agent9","EmailAddress":"svc@groupe-insa.example","RealName":"Agent"},"Field":""}]}
        """;

    const string Contents = """
        {"total":null,"per_page":100,"items":[
         {"Filename":"","ContentType":"text/plain","id":"1","TransactionId":"40","Content":"Bonjour,\nle cours ne s ouvre plus."},
         {"Filename":"","ContentType":"multipart/alternative","id":"2","TransactionId":"41","Content":""},
         {"Filename":"","ContentType":"text/plain","id":"3","TransactionId":"41","Content":"Greetings"},
         {"Filename":"","ContentType":"text/plain","id":"5","TransactionId":"43","Content":"Une réponse publique"},
         {"Filename":"","ContentType":"text/plain","id":"7","TransactionId":"46","Content":"note @groupe voir ici"}]}
        """;

    sealed class Answering(Func<HttpRequestMessage, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = answer(request);
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
