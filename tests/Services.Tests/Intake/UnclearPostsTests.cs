using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>Request Tracker posts once and hears no refusal: what cannot be read is put aside as it came, and a field
/// that says nothing undoes nothing.</summary>
[Collection(Measured.Alone)]
public sealed partial class UnclearPostsTests : IAsyncLifetime
{
    readonly Measured measured = new();
    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake", "portal"]);

    public ValueTask DisposeAsync()
    {
        measured.Dispose();
        return door.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"event\":\"ticket.created\",")]
    [InlineData("[]")]
    [InlineData("{\"ticket\":null}")]
    [InlineData("{\"id\":\"x\",\"event\":\"e\",\"ticket\":{\"id\":\"dix-huit\"},\"transaction\":{\"id\":1}}")]
    [InlineData("{\"id\":\"x\",\"event\":\"e\",\"ticket\":{\"id\":18,\"customFields\":7},\"transaction\":{\"id\":1}}")]
    public async Task A_post_that_cannot_be_read_is_taken_once_and_reads_as_it_came(string body)
    {
        (await PostRt(body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await PostRt(body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var listed = JsonNode.Parse(
            await (await door.Get("/v1/schools/lyon/put-aside", await door.Key("operator"))).Content.ReadAsStringAsync()
        )!["posts"]!.AsArray();
        ((string)listed.ShouldHaveSingleItem()!["body"]!).ShouldBe(body);
        (await Found()).ShouldContain(("school:lyon", "put-aside", "rt5"));
        (await door.Services.GetRequiredService<IStore>().PendingByTarget(default)).ShouldBeEmpty("it blocks nothing");
    }

    [Fact]
    public async Task One_too_big_to_be_read_is_put_aside_too()
    {
        var text = new string('x', 1_200_000);

        (await PostRt($$$"""{"id":"x","event":"e","ticket":{"id":18,"subject":"{{{text}}}"},"transaction":{"id":1}}"""))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var kept = (await door.Services.GetRequiredService<PutAside>().ForSchool("lyon", default)).ShouldHaveSingleItem();
        (kept.Body.Length, kept.Size > 1_200_000).ShouldBe((PutAside.MostBytes, true));
    }

    [Fact]
    public async Task The_beginning_of_a_long_one_ends_with_a_whole_character()
    {
        var aside = door.Services.GetRequiredService<PutAside>();

        await aside.Keep(Demo.Lyon, Post.Bare([.. new byte[PutAside.MostBytes - 2], .. "\u20ac"u8]), default);

        (await aside.ForSchool("lyon", default)).ShouldHaveSingleItem().Body.Length.ShouldBe(PutAside.MostBytes - 2);
    }

    [Fact]
    public async Task What_is_no_UTF_8_reads_as_text_all_the_same()
    {
        byte[] latin = [.. "{\"text\":\"caf"u8, 0xE9, .. "\"}"u8];

        (await PostRt(latin)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await door.Services.GetRequiredService<PutAside>().ForSchool("lyon", default))
            .ShouldHaveSingleItem()
            .Body.ShouldBe("{\"text\":\"caf\uFFFD\"}");
    }

    [Fact]
    public async Task Of_a_long_one_its_beginning_is_kept_and_one_more_reads_none_that_is_there()
    {
        var aside = door.Services.GetRequiredService<PutAside>();
        (await aside.Keep(Demo.Lyon, Post.Bare(new byte[PutAside.MostBytes + 1]), default)).ShouldBeTrue();
        var kept = (await aside.ForSchool("lyon", default)).ShouldHaveSingleItem();
        (kept.Body.Length, kept.Size).ShouldBe((PutAside.MostBytes, PutAside.MostBytes + 1));

        var store = new Unlisted(door.Services.GetRequiredService<IStore>());
        using var other = new PutAside(store, door.Services.GetRequiredService<Findings>(), TimeProvider.System);
        (await other.Keep(Demo.Lyon, Post.Bare("more"u8.ToArray()), default)).ShouldBeTrue();
        (await aside.ForSchool("lyon", default)).Count.ShouldBe(2);
    }

    sealed class Unlisted(IStore inner) : StoreAround(inner)
    {
        public override Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(
            string collection,
            string prefix,
            CancellationToken ct
        ) =>
            collection == "put-aside"
                ? throw new InvalidOperationException($"{collection} is read whole")
                : base.ListSide(collection, prefix, ct);
    }

    [Fact]
    public async Task Two_processes_that_keep_at_once_lose_none_and_count_all()
    {
        var (store, findings) = (door.Services.GetRequiredService<IStore>(), door.Services.GetRequiredService<Findings>());
        using var one = new PutAside(store, findings, TimeProvider.System);
        var meanwhile = new Meanwhile(store, async () =>
        {
            for (var post = 0; post < 60; post++)
                (await Keep(one, $"{post}")).ShouldBeTrue();
        });
        using var other = new PutAside(meanwhile, findings, TimeProvider.System);
        (await Keep(other, "of the other")).ShouldBeTrue();

        var more = 60;
        while (await Keep(one, $"{more}"))
            more++;

        more.ShouldBe(PutAside.MostOfASchool - 1);
        (await one.ForSchool("lyon", default)).Count.ShouldBe(PutAside.MostOfASchool);
    }

    static Task<bool> Keep(PutAside aside, string post) =>
        aside.Keep(Demo.Lyon, Post.Bare(Encoding.UTF8.GetBytes(post)), default);

    // What another process does while this one writes.
    sealed class Meanwhile(IStore inner, Func<Task> does) : StoreAround(inner)
    {
        bool isDone;

        public override async Task PutSide(
            string collection,
            string key,
            byte[] body,
            DateTimeOffset? expires,
            CancellationToken ct
        )
        {
            if (collection == "put-aside" && !isDone)
            {
                isDone = true;
                await does();
            }
            await base.PutSide(collection, key, body, expires, ct);
        }
    }

    [Fact]
    public async Task A_school_s_room_has_an_end_that_is_said_and_another_s_is_its_own()
    {
        var aside = door.Services.GetRequiredService<PutAside>();
        for (var post = 0; post < PutAside.MostOfASchool; post++)
            (await aside.Keep(Demo.Lyon, Post.Bare(Encoding.UTF8.GetBytes($"{post}")), default)).ShouldBeTrue();

        var answer = await PostRt("{more");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "nothing was kept: no 2xx");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("trop sont déjà mis de côté");
        (await PostRt("0")).StatusCode.ShouldBe(HttpStatusCode.Accepted, "one that is kept is kept");
        (await aside.ForSchool("lyon", default)).Count.ShouldBe(PutAside.MostOfASchool);
        (await aside.Keep(Demo.Toulouse, Post.Bare("x"u8.ToArray()), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_an_operator_reads_what_was_put_aside() =>
        (await door.Get("/v1/schools/lyon/put-aside", await door.Key("lyon"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("null")]
    [InlineData("absent")]
    public async Task A_field_that_is_not_to_be_read_withdraws_nothing_and_is_named_until_it_can_be_read(string how)
    {
        await PostRt(Rt5Tests.Recorded("ticket.created"));
        await PostRt(Rt5Tests.Recorded("ticket.correspond", said =>
        {
            var fields = said["ticket"]!["customFields"]!.AsObject();
            fields.Remove("Escalate to group");
            if (how == "null")
                fields["Escalate to group"] = null;
        }));

        (await Said()).ShouldBe(["TicketOpened", "SchoolCommented"]);
        (await Found()).ShouldBe([("school:lyon", "gesture-unreadable", "Escalate to group")]);
        await Gauge().Record(default);
        measured
            .Recorded("groupticketing.findings.open")
            .ShouldBe(["side=school:lyon code=gesture-unreadable field=Escalate to group 1"]);

        await PostRt(Rt5Tests.Recorded("ticket.resolved", said => said["ticket"]!["customFields"]!["Escalate to group"] = "no"));
        (await Said()).ShouldBe(["TicketOpened", "SchoolCommented", "SchoolWithdrew"]);
        (await Found()).ShouldBeEmpty("it says something again");
    }

    [Fact]
    public async Task A_ticket_that_is_not_handed_over_is_no_finding_since_queues_have_fields_of_their_own()
    {
        await PostRt(
            Rt5Tests.Recorded("ticket.correspond", said =>
                said["ticket"]!["customFields"]!.AsObject().Remove("Escalate to group")
            )
        );

        (await Found()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_finding_that_is_mended_is_none_for_the_alerts_either()
    {
        var (findings, gauge) = (door.Services.GetRequiredService<Findings>(), Gauge());
        await findings.Note("school:lyon", "put-aside", "rt5", default);
        await gauge.Record(default);
        await findings.Mended("school:lyon", "put-aside", "rt5", default);
        await gauge.Record(default);
        await gauge.Record(default);

        measured
            .Recorded("groupticketing.findings.open")
            .ShouldBe(["side=school:lyon code=put-aside field= 1", "side=school:lyon code=put-aside field= 0"]);
    }

    FindingGauges Gauge() =>
        new(door.Services.GetRequiredService<Findings>(), TimeProvider.System, NullLogger<FindingGauges>.Instance);

    async Task<IReadOnlyList<(string, string, string)>> Found() =>
        [.. (await door.Services.GetRequiredService<Findings>().All(default)).Select(one => (one.Side, one.Code, one.What))];

    async Task<IReadOnlyList<string>> Said()
    {
        var stored = (
            await door.Services.GetRequiredService<IStore>().Load($"intake/{TicketIds.OfSchool("lyon", "18"):N}", default)
        )!;
        return
        [
            .. JsonNode.Parse(stored.Body)!["streams"]!["intake-routing"]!["messages"]!
                .AsArray()
                .Select(said => ((string)said!["type"]!).Split('.')[^1]),
        ];
    }

    Task<HttpResponseMessage> PostRt(string body) => PostRt(Encoding.UTF8.GetBytes(body));

    Task<HttpResponseMessage> PostRt(byte[] body) =>
        PostRt(new Post(new Dictionary<string, string> { ["x-rt-event"] = "ticket.created" }, body));

    async Task<HttpResponseMessage> PostRt(Post post, string? type = null)
    {
        var signed = Rt5Tests.Sign(post, "rt-token-of-lyon", TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/lyon/events")
        {
            Content = new ByteArrayContent(signed.Body),
        };
        foreach (var (name, value) in signed.Headers)
            request.Headers.Add(name, value);
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await door.Http.SendAsync(request);
    }
}
