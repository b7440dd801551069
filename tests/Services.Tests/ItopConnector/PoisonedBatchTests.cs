using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A request on which iTop fails whenever it is read: put aside alone, and tried again.</summary>
public sealed class PoisonedBatchTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData("code100")]
    [InlineData("html500")]
    [InlineData("empty")]
    [InlineData("broken")]
    public async Task It_stops_only_itself_and_is_read_once_iTop_can_show_it(string shape)
    {
        var id = (await link.State()).ItopId!;
        var others = await Others(6);
        await World.Fault(new { poisoned = new[] { int.Parse(id) }, poisonedShape = shape });
        await World.Say(id, "empoisonné");
        World.Clock.Advance(TimeSpan.FromSeconds(5));

        var changes = await World.Poll.Changed(World.Now, default);

        changes.Ours.Select(read => read.Id).ShouldBe(others, ignoreOrder: true);
        World.Logged.Count(line => line.StartsWith("Error: ") && line.Contains($"id {id}")).ShouldBe(1);
        (await World.Findings.All(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Side.ShouldBe("itop"), one => one.Code.ShouldBe("unread-item"), one => one.What.ShouldBe(id));
        await World.Poll.Taken(changes, World.Now, default);

        await World.Fault(new { poisoned = Array.Empty<int>() });
        World.Clock.Advance(TimeSpan.FromSeconds(30));
        (await World.Poll.Changed(World.Now, default)).Ours.ShouldNotContain(read => read.Id == id, "not before its minute");
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        await link.Poll();

        (await link.Said()).OfType<GroupCommented>().ShouldHaveSingleItem().Text.ShouldBe("empoisonné");
        (await World.Findings.All(default)).ShouldBeEmpty("it is as it should be again");
    }

    [Fact]
    public async Task One_that_never_answers_takes_a_part_of_the_reading_s_time_and_from_then_on_its_own()
    {
        var id = (await link.State()).ItopId!;
        var others = await Others(20);
        await World.Fault(new { poisoned = new[] { int.Parse(id) }, poisonedShape = "slow", silenceMs = 3_600_000 });
        await World.Say(id, "lent");
        World.Clock.Advance(TimeSpan.FromSeconds(5));

        var began = World.Now;
        (await Waited(World.Poll.Changed(began, default))).Ours.Select(read => read.Id).ShouldBe(others, ignoreOrder: true);
        (World.Now - began).ShouldBeLessThanOrEqualTo(World.Options.Deadline * 2, "that is all a round has");

        began = World.Now.AddMinutes(1);
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var other in others)
            await World.Say(other, "suite");
        (await Waited(World.Poll.Changed(World.Now, default))).Ours.Count.ShouldBe(20);
        (World.Now - began).ShouldBeLessThanOrEqualTo(World.Options.Deadline / 3, "tried alone");
    }

    [Fact]
    public async Task A_document_that_takes_nothing_stops_no_other_ticket_s()
    {
        var bad = TicketIds.OfSchool("toulouse", "1");
        var request = await World.Stranger("Une autre", "INSA Toulouse");
        await World.Links.Keep(request, bad, default);
        var stored = (await World.Store.Load($"itop/{LinkWorld.Ticket}", default))!;
        var body = "{\"schema\":2,\"state\":{\"creations\":7}}"u8.ToArray();
        await World.Store.Save(stored with { Key = $"itop/{bad:N}", Version = 1, Body = body }, [], default);
        await World.Say((await link.State()).ItopId!, "Bonjour Lyon");

        await link.Poll();

        (await link.Said()).OfType<GroupCommented>().ShouldHaveSingleItem();
        (await World.Findings.All(default)).ShouldHaveSingleItem().What.ShouldBe(request);
        (await World.Live(link.Documents).All(World.Now, default)).ShouldBe(1, "reconcile compares the others");
        (await World.Live(link.Documents).Some([$"{bad:N}", LinkWorld.Ticket], World.Now, default)).ShouldBe(1, "asked for, too");
        for (var round = 0; round < 36; round++)
            await link.Poll();
        World.Logged.Count(line => line.StartsWith("Error: ") && line.Contains($"id {request}")).ShouldBe(1);
        World.Logged.ShouldNotContain(line => line.Contains("can be read again"), "it never could");
    }

    [Fact]
    public async Task Many_that_never_answer_leave_a_round_its_time_and_each_has_its_turn()
    {
        int[] bad = [.. (await Others(8)).Select(int.Parse)];
        await World.Fault(new { poisoned = bad });
        World.Clock.Advance(TimeSpan.FromSeconds(5));
        await World.Poll.Taken(await World.Poll.Changed(World.Now, default), World.Now, default);
        await World.Fault(new { poisoned = bad, poisonedShape = "slow", silenceMs = 3_600_000 });
        World.Clock.Advance(TimeSpan.FromMinutes(1));

        var began = World.Now;
        await Waited(World.Poll.Changed(began, default));

        (World.Now - began).ShouldBeLessThanOrEqualTo(World.Options.Deadline, "files are looked for in the same round");
        await World.Fault(new { poisoned = Array.Empty<int>() });
        var back = new List<int>();
        for (var round = 0; round < 3; round++)
            back.AddRange((await World.Poll.Changed(World.Now, default)).Ours.Select(read => int.Parse(read.Id)));
        back.Distinct().Count(bad.Contains).ShouldBe(5, "those not tried yet are next; the three wait longer");
    }

    [Theory]
    [InlineData("html500")]
    [InlineData("empty")]
    [InlineData("broken")]
    public async Task What_is_pending_for_it_waits_alone_and_stands_once_after_it_healed(string shape)
    {
        var id = (await link.State()).ItopId!;
        await World.Fault(new { poisoned = new[] { int.Parse(id) }, poisonedShape = shape });
        await link.Comment("et ensuite ?");

        (await link.Call())
            .ShouldBeOfType<Answer.TryAgain>()
            .ShouldSatisfyAllConditions(
                again => again.TargetDown.ShouldBeFalse("iTop answers everybody else"),
                again => again.Sent.ShouldBeTrue("it may have been done")
            );

        await World.Fault(new { poisoned = Array.Empty<int>() });
        World.Clock.Advance(TimeSpan.FromMinutes(2));
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        (await World.Requests()).Single(read => read.Id == id).Log.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_iTop_that_fails_whatever_is_asked_is_down()
    {
        await link.Comment("et ensuite ?");
        await World.Fault(new { http500Share = 1.0 });

        (await link.Call()).ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_written_into_a_child_is_done_though_its_parent_cannot_be_read()
    {
        var (id, bad) = ((await link.State()).ItopId!, await World.Stranger("Parent"));
        await PointTo(bad, id);
        await World.Fault(new { poisoned = new[] { int.Parse(bad) }, poisonedShape = "empty" });
        await link.Comment("et ensuite ?");

        (await link.Call()).ShouldBeOfType<Answer.Done>();
    }

    async Task PointTo(string parent, string child)
    {
        await World.Edit(child, "parent_request_id", parent);
        await World.Edit(child, "solution", $"Résolu via [[UserRequest:{parent}|R]]");
    }

    [Fact]
    public async Task One_failure_of_the_wire_puts_nothing_aside()
    {
        await World.Say((await link.State()).ItopId!, "un");
        var breaks = 1;
        World.Lose(asked => asked.ToJsonString().Contains("public_log") && breaks-- > 0);
        World.Clock.Advance(TimeSpan.FromSeconds(5));

        (await World.Poll.Changed(World.Now, default)).Ours.ShouldHaveSingleItem();

        (await World.Findings.All(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_child_whose_parent_cannot_be_read_waits_with_it_and_no_other_child()
    {
        var id = (await link.State()).ItopId!;
        var (bad, good, child) = (await World.Stranger("Parent"), await World.Stranger("Autre parent"), (await Others(1))[0]);
        await PointTo(bad, id);
        await PointTo(good, child);
        await World.Fault(new { poisoned = new[] { int.Parse(bad) } });
        World.Clock.Advance(TimeSpan.FromSeconds(5));

        (await World.Poll.Changed(World.Now, default)).Ours.ShouldHaveSingleItem().Id.ShouldBe(child);

        (await World.Findings.All(default)).ShouldHaveSingleItem().What.ShouldBe(id);
    }

    [Fact]
    public async Task An_iTop_that_shows_nothing_at_all_has_no_bad_tickets()
    {
        await Others(2);
        World.Clock.Advance(TimeSpan.FromSeconds(5));
        await World.Fault(new { http500Share = 1.0 });

        await Should.ThrowAsync<ItopConnector.Adapters.ItopException>(() => World.Poll.Changed(World.Now, default));

        World.Logged.ShouldNotContain(line => line.StartsWith("Error: "));
    }

    [Fact]
    public async Task A_reading_cut_by_its_deadline_keeps_what_it_has()
    {
        await Others(60);
        World.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var round = 0; round < 2; round++)
        {
            var chunks = 0;
            await Should.ThrowAsync<OperationCanceledException>(() =>
                World.Poll.Changed(World.Now, default, _ =>
                    chunks++ == 1 ? throw new OperationCanceledException() : Task.FromResult<IReadOnlyList<string>>([])
                )
            );
            World.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        (await World.Poll.Changed(World.Now, default)).Ours.Count.ShouldBeInRange(
            1,
            15,
            "the first fifty were read in two rounds, the second after their second was over"
        );
    }

    [Fact]
    public async Task A_clock_of_iTop_s_five_minutes_behind_hides_nothing()
    {
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        await link.Poll();
        var id = (await link.State()).ItopId!;
        var at = World.Now;
        await World.Say(id, "un");
        // Ours goes on five minutes in which iTop's stands still.
        var changes = await World.Poll.Changed(at.AddMinutes(5), default);
        await World.Poll.Taken(changes, at.AddMinutes(5), default);
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await World.Say(id, "deux");

        (await World.Poll.Changed(at.AddMinutes(5).AddSeconds(15), default)).Ours.ShouldHaveSingleItem().Log.Count.ShouldBe(2);
    }

    // Its time passes only while a call is waited for, however slow the machine is with those that are answered.
    async Task<T> Waited<T>(Task<T> reading)
    {
        for (var asked = -1; !reading.IsCompleted; asked = World.Asked.Count)
        {
            await Task.WhenAny(reading, Task.Delay(500));
            if (!reading.IsCompleted && asked == World.Asked.Count)
                World.Clock.Advance(World.Options.Deadline / 6);
        }
        return await reading;
    }

    async Task<IReadOnlyList<string>> Others(int count)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var id = await World.Stranger($"autre {number}");
            await World.Links.Keep(id, TicketIds.OfSchool("lyon", $"{number}"), default);
            ids.Add(id);
        }
        return ids;
    }
}
