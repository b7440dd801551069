using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Notification;
using GroupTicketing.Notification.Adapters;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>A signed callback, against a tool that answers over real HTTP.</summary>
public class TellSchoolTests : IAsyncLifetime
{
    const string Secret = "whsec_6Xe+CpVmpXHgVcwwA+wiK4Xyhil3ZfWPCvspdbmebZ0=";

    readonly FakeTimeProvider clock = new(Demo.Now);

    SchoolTool tool = null!;

    static SchoolUpdateWanted Wanted =>
        new(
            new Heading(TicketIds.OfSchool("toulouse", "4512"), "toulouse", Demo.Now),
            SchoolNews.Commented,
            Audience.Support,
            new SchoolTicket("4512", "4512"),
            "assigned",
            "R-000123",
            Text: "élève débloqué"
        );

    public async ValueTask InitializeAsync() => tool = await SchoolTool.Start();

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    [Fact]
    public async Task It_is_signed_as_Standard_Webhooks_has_it_and_is_a_CloudEvent()
    {
        (await Call()).ShouldBeOfType<Answer.Done>();

        var (headers, body) = tool.Heard.ShouldHaveSingleItem();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}."), .. body];
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed));
        headers["webhook-signature"].ToString().ShouldBe($"v1,{expected}");
        headers.ContentType.ToString().ShouldStartWith("application/cloudevents+json");
        var said = JsonNode.Parse(body)!;
        ((string)said["type"]!, (string)said["subject"]!, (string)said["id"]!).ShouldBe(
            ("group.commented", "4512", headers["webhook-id"].ToString())
        );
        ((string)said["data"]!["audience"]!, (string)said["data"]!["text"]!).ShouldBe(("support", "élève débloqué"));
    }

    [Fact]
    public async Task What_the_group_opened_is_told_by_its_reference()
    {
        var wanted = new SchoolTicketWanted(
            new Heading(TicketIds.OfItop("77"), "toulouse", Demo.Now, "itop-77-found"),
            "R-000777",
            "https://itop.example/77",
            "Certificat",
            "Il expire."
        );
        var decider = new TellingDecider(Demo.Who.Schools);
        var call = decider.Decide(SchoolTelling.Unheard, wanted, Demo.Now)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>();
        var attempt = new Attempt(
            "notification/x",
            "school",
            call.Target,
            new PendingCall("1-1", call.Kind, Json.Element(call.Body), null, Demo.Now),
            "1-1",
            1,
            Demo.Now,
            null,
            "t"
        );
        (await Call(call: attempt.Call)).ShouldBeOfType<Answer.Done>();

        var said = JsonNode.Parse(tool.Heard.ShouldHaveSingleItem().Body)!;
        ((string)said["type"]!, (string)said["subject"]!).ShouldBe(("group.opened", "R-000777"));
        said["data"]!
            .ToJsonString(Json.Options)
            .ShouldBe(
                """{"reference":"R-000777","url":"https://itop.example/77","state":"open","audience":"support","text":"Il """
                + """expire.","title":"Certificat"}"""
            );
        ((string)said["id"]!).ShouldMatch($"^msg_{TicketIds.OfItop("77"):N}_[0-9a-f]{{20}}$");
        Json.Element(((Effect.Call)decider.Decide(SchoolTelling.Unheard, wanted, Demo.Now).Effects.Single()).Body)
            .ToString()
            .ShouldBe(attempt.Call.Body.ToString(), "found again after a restore it bears the same id");
        decider.Settle(
                SchoolTelling.Unheard,
                attempt,
                new Answer.Done(new AttemptMade("1-1", SchoolNews.Referenced, Demo.Now, 200, 1, "")),
                Demo.Now
            )
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Say>()
            .Message.ShouldBeOfType<SchoolTold>();
    }

    [Theory]
    [InlineData("commented", "update", "msg_of_its_own")]
    [InlineData("commented", "update", null)]
    [InlineData("opened", "opened", "msg_of_its_own")]
    public async Task What_0_2_pending_is_told_under_the_id_it_had(string kind, string member, string? id)
    {
        Fact wanted = kind == "opened"
            ? new SchoolTicketWanted(Wanted.Heading, "R-000123", "https://itop.example/1", "Titre", "Texte")
            : Wanted;
        var body = Json.Element(wanted with { Unknown = id is null ? null : new() { ["messageId"] = Json.Element(id) } });
        var call = new PendingCall("0-1", kind, body, null, Demo.Now);
        var stored = JsonSerializer.SerializeToNode(
            new Document<SchoolTelling>
            {
                Schema = 1,
                State = SchoolTelling.Unheard,
                Lanes = { ["school"] = new Lane { Target = "school:toulouse", Calls = [call] } },
            },
            Json.Options
        )!;

        var upcast = new TellingDecider(Demo.Who.Schools).Upcast(1, stored.AsObject());
        var pending = Json.Read<Document<SchoolTelling>>(upcast).Lanes["school"].Calls.ShouldHaveSingleItem();
        (await Call(call: pending)).ShouldBeOfType<Answer.Done>();

        var (headers, told) = tool.Heard.ShouldHaveSingleItem();
        headers["webhook-id"].ToString().ShouldBe(id ?? $"msg_{Wanted.Heading.TicketId:N}_0-1");
        ((string)JsonNode.Parse(told)!["type"]!).ShouldBe($"group.{kind}");
        pending.Body.GetProperty(member).TryGetProperty("messageId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Each_attempt_has_the_same_id_and_body_and_a_fresh_timestamp()
    {
        await Call();
        clock.Advance(TimeSpan.FromMinutes(7));
        await Call(number: 2);

        var heard = tool.Heard.ToArray();
        heard[1].Headers["webhook-id"].ShouldBe(heard[0].Headers["webhook-id"]);
        heard[1].Body.ShouldBe(heard[0].Body);
        (long.Parse(heard[1].Headers["webhook-timestamp"]!) - long.Parse(heard[0].Headers["webhook-timestamp"]!)).ShouldBe(420);
    }

    [Fact]
    public async Task Gone_stops_the_ticket_s_lane()
    {
        Answering(410);
        (await Call()).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("410");
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "Tue, 24 Nov 2026 08:13:00 GMT", 60)]
    [InlineData(503, "999999", 3_600)]
    [InlineData(500, null, null)]
    [InlineData(302, null, null)]
    public async Task What_would_meet_every_ticket_alike_makes_the_channel_wait_as_long_as_it_asks(
        int status,
        string? after,
        int? seconds
    )
    {
        Answering(status, context =>
        {
            if (after is not null)
                context.Response.Headers.RetryAfter = after;
            context.Response.Headers.Location = "/callbacks";
        });
        var again = (await Call()).ShouldBeOfType<Answer.TryAgain>();

        again.TargetDown.ShouldBeTrue();
        again.After?.TotalSeconds.ShouldBe(seconds!.Value);
        again.After.HasValue.ShouldBe(seconds is not null);
        tool.Heard.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_ticket_waits_alone()
    {
        Answering(422);
        (await Call()).ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_kibibyte_of_the_answer_is_kept()
    {
        tool.Answers = context => context.Response.WriteAsync(new string('x', 5_000));
        var made = (await Call()).Result.ShouldBeOfType<AttemptMade>();
        (made.Status, made.Answered!.Length).ShouldBe((200, 1_024));
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nok", true)]
    [InlineData("Content-Length: 100\r\n\r\nok", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz", true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", false)]
    [InlineData("\r\nok", false)]
    public async Task A_2xx_is_delivery_whatever_becomes_of_its_body(string rest, bool closes)
    {
        using var odd = new OddTool("HTTP/1.1 200 OK\r\n" + rest, closes);
        var began = Stopwatch.GetTimestamp();

        var done = (await Call(url: odd.Url, real: true)).ShouldBeOfType<Answer.Done>().Result.ShouldBeOfType<AttemptMade>();

        (done.Status, done.Answered).ShouldBe((200, "ok"));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(4), "it is read for a second");
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Away\r\nRetry-After: 120\r\nContent-Length: 100\r\n\r\nno", true)]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 100\r\n\r\nno", false)]
    public async Task So_is_any_other_status_what_it_says(string answer, bool again)
    {
        using var odd = new OddTool(answer, closes: true);

        var said = await Call(url: odd.Url, real: true);

        (said is Answer.TryAgain { After.TotalSeconds: 120 }).ShouldBe(again);
        (said is Answer.Refused).ShouldBe(!again);
    }

    [Fact]
    public async Task Without_headers_nothing_was_answered()
    {
        using var odd = new OddTool("HTTP/1.1 200 OK\r\nContent-", closes: true);

        (await Call(url: odd.Url, real: true)).ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeTrue();
    }

    [Fact]
    public async Task A_tool_that_does_not_answer_in_time_is_tried_again()
    {
        tool.Answers = context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
        (await Call(timeout: TimeSpan.FromSeconds(1))).ShouldBeOfType<Answer.TryAgain>().Reason.ShouldBe("no answer within 1 s");
    }

    [Fact]
    public async Task A_tool_that_is_away_is_tried_again()
    {
        var url = tool.Url;
        await tool.DisposeAsync();
        (await Call(url: url)).ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeTrue();
        tool = await SchoolTool.Start();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_school_without_a_callback_is_pending_nothing(bool calls)
    {
        var school = calls ? Demo.Toulouse : Demo.Toulouse with { Callback = null };
        var decider = new GroupTicketing.Notification.TellingDecider(new Dictionary<string, School> { ["toulouse"] = school });
        decider.Decide(SchoolTelling.Unheard, Wanted, Demo.Now).Effects.Count.ShouldBe(calls ? 1 : 0);
    }

    void Answering(int status, Action<HttpContext>? also = null) => tool.Answers = context =>
    {
        context.Response.StatusCode = status;
        also?.Invoke(context);
        return Task.CompletedTask;
    };

    async Task<Answer> Call(
        int number = 1,
        TimeSpan? timeout = null,
        Uri? url = null,
        PendingCall? call = null,
        bool real = false
    )
    {
        var school = Demo.Toulouse with
        {
            Callback = new Callback(url ?? tool.Url, Party.Support, timeout ?? TimeSpan.FromSeconds(10)),
        };
        var channels = new SchoolChannels(
            new Dictionary<string, School> { ["toulouse"] = school },
            new Dictionary<string, SchoolSecrets> { ["toulouse"] = new([], [], [Secret], []) },
            new Uri("https://group.example/"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        call ??= new PendingCall("0-1", "commented", Json.Element(Telling.From(Wanted)), null, Demo.Now, null);
        var attempt = new Attempt(
            "notification/x",
            "school",
            "school:toulouse",
            call,
            "0-1",
            number,
            clock.GetUtcNow(),
            null,
            "t"
        );
        return await new TellSchool(channels, http, real ? TimeProvider.System : clock).Call(
            attempt,
            TestContext.Current.CancellationToken
        );
    }
}
