using System.Text;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>What the door counts: each new post once, each refusal by its code.</summary>
[Collection(Measured.Alone)]
public class IntakeMetricsTests : IAsyncLifetime
{
    static readonly byte[] opened = GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""");

    readonly Measured measured = new();
    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake"]);

    public ValueTask DisposeAsync()
    {
        measured.Dispose();
        return door.DisposeAsync();
    }

    [Fact]
    public async Task New_work_is_counted_once_by_what_it_says()
    {
        var comment = GenericTests.Event("ticket.commented", """{"id":"c","text":"t","by":"support"}""");
        var note = GenericTests.Event("ticket.commented", """{"id":"p","text":"t","by":"support","visibility":"private"}""");
        foreach (var (post, delivery) in new[] { (opened, "msg_1"), (opened, "msg_1"), (comment, "msg_2"), (note, "msg_3") })
            (await door.Post(post, id: delivery)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);

        measured
            .Counted("groupticketing.accepted")
            .ShouldBe([
                "school=toulouse kind=SchoolCommented 1",
                "school=toulouse kind=TicketOpened 1",
                "school=toulouse kind=none 1",
            ]);
    }

    [Fact]
    public async Task Refusals_are_counted_by_school_and_code_and_what_was_sent_is_no_label()
    {
        await door.Post(opened, "nowhere-7731");
        await door.Post(opened, signed: false);
        await door.Post(opened, at: TimeProvider.System.GetUtcNow().AddMinutes(-6));
        await door.Post(opened, "lyon");
        await door.Post(Encoding.UTF8.GetBytes("""{"type":"7731"}"""));
        await door.Post(opened, id: "msg_2");
        await door.Post(GenericTests.Event("ticket.closed", "{}"), id: "msg_2");

        measured.Counted("groupticketing.refused").ShouldBe(
        [
            "school=lyon reason=wrong-signature 1",
            "school=toulouse reason=bad-event 1",
            "school=toulouse reason=no-signature 1",
            "school=toulouse reason=old-timestamp 1",
            "school=toulouse reason=other-body 1",
            "school=unknown reason=unknown-school 1",
        ]);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_refusal_too()
    {
        await using var memory = new GroupTicketing.Platform.SqliteStore(Path.Combine(door.Data, "apart.db"));
        await using var broken = await Door.Open(
            ["intake"],
            builder => builder.Services.AddSingleton<IStore>(new FailingStore(memory))
        );

        await broken.Post(opened);

        measured.Counted("groupticketing.refused").ShouldBe(["school=toulouse reason=store-unavailable 1"]);
        measured.Counted("groupticketing.accepted").ShouldBeEmpty();
    }
}
