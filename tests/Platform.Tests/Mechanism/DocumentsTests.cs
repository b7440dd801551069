using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>One atomic write, whatever fails around it; documents of other releases; the trace that is saved with each
/// call.</summary>
public sealed class DocumentsTests
{
    [Theory]
    [InlineData(nameof(IStore.Save))]
    [InlineData(nameof(IStore.PutSide))]
    public async Task When_the_store_is_away_nothing_is_half_kept(string write)
    {
        var desk = new Desk(new Notebook("listener", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)]));
        for (var n = 52; n >= 2; n--)
            await desk.Bus(n);
        var before = await desk.Memory.Load("listener/t1", CancellationToken.None);
        desk.Store.FailOn(write);

        await Should.ThrowAsync<StoreUnavailableException>(() => write == nameof(IStore.Save) ? desk.Bus(1) : desk.Bus(60));

        (await desk.Memory.Load("listener/t1", CancellationToken.None)).ShouldBe(before);
        desk.Store.Mend();
        await desk.Bus(1);
        (await desk.Lines()).Count.ShouldBe(52, "said again, it has its one effect");
        (await desk.PendingIn("itop")).Count.ShouldBe(52);
    }

    [Fact]
    public async Task What_was_written_is_not_called_unwritten_because_tidying_failed()
    {
        var desk = new Desk(new Notebook("listener"));
        for (var n = 60; n >= 2; n--)
            await desk.Bus(n);
        desk.Store.FailOn(nameof(IStore.DeleteSide));

        (await desk.Bus(1)).State.Lines.Count.ShouldBe(60);
    }

    [Fact]
    public async Task The_loser_of_a_race_decides_again_on_what_the_winner_wrote()
    {
        var desk = new Desk(new Notebook("routing"));
        var other = new Desk(new Notebook("routing"), desk.Memory, desk.Clock);
        var seen = 0;
        desk.Store.Before = _ =>
        {
            if (seen++ == 0)
                other.Door("winner").GetAwaiter().GetResult();
        };

        await desk.Door("loser");

        (await desk.Lines()).ShouldBe(["winner", "loser"]);
    }

    [Fact]
    public async Task The_payer_is_woken_with_what_is_due_after_the_write_and_not_without_it()
    {
        var desk = new Desk(
            new Notebook("routing", (_, word) =>
                [
                    new Effect.Say(word with { Stream = "routing-itop" }),
                    new Effect.Call("later", "itop", "x", 1, Desk.Morning.AddHours(1)),
                ]
            )
        );
        var rung = new List<string>();
        desk.WakeSignal.Answer(new Woken(rung));

        await desk.Door("one");
        rung.ShouldBe(["routing-itop"]);

        desk.Store.FailOn(nameof(IStore.Save));
        await Should.ThrowAsync<StoreUnavailableException>(() => desk.Door("two"));
        rung.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Members_of_another_release_survive()
    {
        var desk = new Desk(new Notebook("routing"));
        await desk.Door("one");
        await Edit(desk, document => document["mood"] = new JsonObject { ["é"] = "calme" });

        await desk.Door("two");

        var document = JsonNode.Parse((await desk.Memory.Load("routing/t1", CancellationToken.None))!.Body)!;
        document["mood"]!["é"]!.GetValue<string>().ShouldBe("calme");
        (await desk.Lines()).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Members_of_another_release_survive_in_every_part_of_a_document()
    {
        var decider = new Notebook("listener", (_, word) =>
            [new Effect.Call("itop", "itop", "create", word.Text), new Effect.Say(word with { Stream = "listener-x" })]
        );
        var desk = new Desk(decider);
        await desk.Bus(1);
        await desk.Bus(3);
        await Edit(desk, document => Parts(document).ForEach(part => part["mood"] = "calme"), "listener/t1");

        await desk.Door("two");
        var attempt = (await desk.Claim())!;
        await desk.Settle(attempt, new Answer.TryAgain("busy"));
        await desk.Dispatched.Confirmed(Desk.Ticket, "listener-x", new Place(1, 1), CancellationToken.None);

        var parts = Parts(JsonNode.Parse((await desk.Memory.Load("listener/t1", CancellationToken.None))!.Body)!.AsObject());
        parts.Select(part => part["mood"]?.GetValue<string>()).ShouldBe(["calme", "calme", "calme", "calme", "calme"]);

        static List<JsonObject> Parts(JsonObject document) =>
            [
                document["lanes"]!["itop"]!.AsObject(),
                document["lanes"]!["itop"]!["calls"]![0]!.AsObject(),
                document["streams"]!["listener-x"]!.AsObject(),
                document["streams"]!["listener-x"]!["messages"]![0]!.AsObject(),
                document["waiting"]![0]!.AsObject(),
            ];
    }

    [Fact]
    public async Task Members_of_another_release_survive_in_the_state_whatever_is_written_after()
    {
        var desk = new Desk(new Notebook("routing"));
        await desk.Door("one");
        await Edit(desk, document => document["state"]!["mood"] = new JsonObject { ["é"] = "calme" });

        await desk.Door("two");
        await desk.Door("three");
        await new Desk(new Notebook("routing"), desk.Memory, desk.Clock).Door("four");

        var state = JsonNode.Parse((await desk.Memory.Load("routing/t1", CancellationToken.None))!.Body)!["state"]!;
        state["mood"]!["é"]!.GetValue<string>().ShouldBe("calme");
        (await desk.Lines()).ShouldBe(["one", "two", "three", "four"]);
    }

    [Fact]
    public async Task An_older_document_is_brought_up_before_it_is_read()
    {
        var desk = new Desk(new Notebook("routing"));
        await desk.Door("one");
        await Edit(desk, document => document["state"] = new JsonObject { ["lines"] = "one, two" });
        var newer = new Desk(new Notebook("routing") { Schema = 2, Up = Split }, desk.Memory, desk.Clock);

        (await newer.Lines()).ShouldBe(["one", "two"], "a state that this release could not even read as it was");
        await newer.Door("three");

        (await newer.Lines()).ShouldBe(["one", "two", "three"]);
        (await newer.Stored()).Schema.ShouldBe(2);

        static JsonObject Split(int schema, JsonObject document)
        {
            schema.ShouldBe(1, "once");
            var lines = document["state"]!["lines"]!.GetValue<string>().Split(", ");
            document["state"]!["lines"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]);
            return document;
        }
    }

    [Fact]
    public async Task A_newer_document_keeps_its_schema()
    {
        var newer = new Desk(new Notebook("routing") { Schema = 3 });
        await newer.Door("one");
        var older = new Desk(
            new Notebook("routing") { Schema = 2, Up = (_, _) => throw new InvalidOperationException("it is not older") },
            newer.Memory,
            newer.Clock
        );

        await older.Door("two");

        (await older.Stored()).Schema.ShouldBe(3);
    }

    [Fact]
    public async Task The_trace_is_saved_with_each_call()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var desk = new Desk(
            new Notebook("routing", (_, word) =>
                [
                    new Effect.Say(word with { Stream = "routing-itop" }),
                    new Effect.Call("mail", "mail", "x", 1),
                    new Effect.Remind("r", Desk.Morning, word),
                ]
            )
        );
        using var request = new Activity("request").Start();

        await desk.Door("one");

        var stored = await desk.Stored();
        stored.Streams["routing-itop"].Messages[0].Trace.ShouldBe(request.Id);
        stored.Lanes["mail"].Calls[0].Trace.ShouldBe(request.Id);
        stored.Lanes["r"].Calls[0].Trace.ShouldBe(request.Id);
        using var followed = Telemetry.Follow("call", ActivityKind.Client, stored.Lanes["mail"].Calls[0].Trace);
        followed!.TraceId.ShouldBe(request.TraceId);
        followed.ParentSpanId.ShouldBe(request.SpanId);
    }

    [Fact]
    public async Task Lists_tell_what_readers_see()
    {
        var desk = new Desk(new Notebook("routing"));
        await desk.Door("one");
        await desk.Documents.Transact("t2", new Word("t2", "triage").AtTheDoor(), CancellationToken.None);
        await desk.Documents.Transact("t2", new Word("t2", "bad").AtTheDoor(), CancellationToken.None);

        var triage = (await desk.Documents.List("triage", null, 10, CancellationToken.None)).ShouldHaveSingleItem();
        (triage.Ticket, triage.Stamp).ShouldBe(("t2", Desk.Morning));
        triage.Quarantined.ShouldNotBeNull();
        (await desk.Documents.List(null, null, 10, CancellationToken.None)).Count.ShouldBe(2);
        (await desk.Documents.Read("t3", CancellationToken.None)).ShouldBeNull();
    }

    static async Task Edit(Desk desk, Action<JsonObject> edit, string key = "routing/t1")
    {
        var stored = (await desk.Memory.Load(key, CancellationToken.None))!;
        var document = JsonNode.Parse(stored.Body)!.AsObject();
        edit(document);
        await desk.Memory.Save(
            stored with
            {
                Version = stored.Version + 1,
                Body = Encoding.UTF8.GetBytes(document.ToJsonString()),
            },
            [],
            CancellationToken.None
        );
    }

    [Fact]
    public async Task All_of_them_are_listed_once_also_where_many_bear_one_stamp()
    {
        var desk = new Desk(new Notebook("routing"));
        foreach (var ticket in Enumerable.Range(0, 1_103))
        {
            // More than two pages; the clock stands still but for two moments.
            if (ticket is 300 or 700)
                desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await desk.Documents.Transact($"t{ticket}", new Word($"t{ticket}", "x").AtTheDoor(), CancellationToken.None);
        }

        var all = await desk
            .Documents.All(DateTimeOffset.MinValue, (_, _) => { }, CancellationToken.None)
            .Select(one => one.Ticket)
            .ToListAsync();
        all.Count.ShouldBe(1_103);
        all.ShouldBeUnique();
        var since = desk.Documents.All(Desk.Morning.AddMilliseconds(2), (_, _) => { }, CancellationToken.None);
        (await since.CountAsync()).ShouldBe(403);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_left_out_of_a_list_and_keeps_none_of_the_others_from_it()
    {
        var desk = new Desk(new Notebook("listener"));
        for (var number = 0; number < 5; number++)
        {
            await desk.Documents.Transact($"t{number}", new Word($"t{number}", "w").AtTheDoor(), CancellationToken.None);
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var stored = (await desk.Memory.Load("listener/t3", CancellationToken.None))!;
        await desk.Memory.Save(stored with { Version = 2, Body = "{"u8.ToArray() }, [], CancellationToken.None);

        var first = await desk.Documents.List(null, null, 2, CancellationToken.None);
        var rest = await desk.Documents.List(null, first[^1].Cursor, 10, CancellationToken.None);

        first.Select(one => one.Ticket).ShouldBe(["t4", "t2"]);
        rest.Select(one => one.Ticket).ShouldBe(["t1", "t0"]);
    }

    sealed class Woken(List<string> lanes) : IDispatcher
    {
        public void Wake(PendingLane pending) => lanes.Add(pending.Lane);

        public Reservation? Reserve(string key, string lane, string target) => null;
    }
}
