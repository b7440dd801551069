using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>What the connector does in iTop, and what it makes of the answers, over HTTP.</summary>
[Collection(Measured.Alone)]
public class ItopCallsTests : IAsyncLifetime
{
    static readonly ItopCall.Create create = new();

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Of_two_group_tickets_with_one_key_the_lower_is_kept_and_the_other_closed_with_a_sentence()
    {
        using var measured = new Measured();
        await Open();
        await Open();

        var kept = (await Open(inDoubt: world.Now)).ShouldBeOfType<Answer.Done>().Result.ShouldBeOfType<ItopRead>();

        var both = await world.Requests();
        both.Select(read => read.Status).ShouldBe(["new", "closed"]);
        kept.Id.ShouldBe(both[0].Id);
        both[1].Solution.ShouldBe($"Ouvert deux fois : voir {both[0].Reference}.");
        measured.Counted("groupticketing.itop.twins").ShouldBe(["1"]);
        (await Open(inDoubt: world.Now)).ShouldBeOfType<Answer.Done>();
        measured.Counted("groupticketing.itop.twins").ShouldBe(["1"], "a closed twin is left alone");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    public async Task In_doubt_and_not_found_it_is_not_created_within_a_minute(int seconds)
    {
        var again = (await Open(inDoubt: world.Now.AddSeconds(-seconds))).ShouldBeOfType<Answer.TryAgain>();

        (again.After, again.Sent).ShouldBe((TimeSpan.FromSeconds(60 - seconds), false));
        (await world.All()).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_doubt_and_not_found_it_is_created_after_a_minute()
    {
        (await Open(inDoubt: world.Now.AddSeconds(-60))).ShouldBeOfType<Answer.Done>();
        (await world.All()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(GroupWish.Comment)]
    [InlineData(GroupWish.Close)]
    public async Task What_was_deleted_in_iTop_is_refused_and_never_made_again(GroupWish wish)
    {
        var ticket = await world.Opened();
        await world.Delete(ticket.ItopId!);
        var call = new ItopCall.Write(wish, 1, "texte\n— INSA Lyon · n° 1");

        var answer = (
            await Should.ThrowAsync<ItopException>(() => world.Write.Call(world.Attempt(call), ticket, call, default))
        ).Answer;

        answer.ShouldBeOfType<Answer.Refused>();
        (await world.All()).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_doubt_an_entry_that_stands_in_iTop_is_not_written_again()
    {
        var ticket = await world.Opened();
        var (wished, call) = Comment(ticket);
        await world.Write.Call(world.Attempt(call), wished, call, default);

        await world.Write.Call(world.Attempt(call, inDoubt: world.Now.AddSeconds(-61)), wished, call, default);

        (await world.All()).ShouldHaveSingleItem().Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_entry_is_added_again_by_the_second_look_under_its_own_number()
    {
        var (wished, call) = Comment(await world.Opened());
        // Written, iTop said; and then a parallel save lost it.
        var ticket = wished with { Entries = [.. wished.Entries.Select(entry => entry with { Written = true })] };

        world.Clock.Advance(TimeSpan.FromSeconds(5));
        var first = world.Decider.Decide(ticket, await world.Read(ticket), world.Now);
        var remind = first.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Remind>();
        remind.At.ShouldBe(world.Now + Diff.Patience);
        world.Clock.Advance(Diff.Patience);
        var look = world
            .Decider.Decide(first.State, remind.Message, world.Now)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>();
        look.Kind.ShouldBe("read");
        var second = world.Decider.Settle(
            first.State,
            world.Attempt(new ItopCall.Read()),
            new Answer.Done(await world.Read(ticket)),
            world.Now
        );
        var again = second.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Call>().Body.ShouldBeOfType<ItopCall.Write>();
        var answer = await world.Write.Call(world.Attempt(again), second.State, again, default);
        var settled = world.Decider.Settle(second.State, world.Attempt(again), answer, world.Now);

        again.Number.ShouldBe(call.Number);
        (await world.All()).ShouldHaveSingleItem().Log.ShouldHaveSingleItem().Text.ShouldContain("n° 1");
        settled.Effects.ShouldBeEmpty("our own entry is not told to the school");
        settled
            .State.Entries.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(entry => entry.Written.ShouldBeTrue(), entry => entry.MissingSince.ShouldBeNull());
    }

    [Fact]
    public async Task In_doubt_a_file_that_is_not_there_yet_is_waited_for_before_it_is_attached_again()
    {
        var ticket = await world.Opened();
        var hash = await world.Files.Put(ItopPlay.Asked.Heading.TicketId.ToString("N"), "plan"u8.ToArray(), default);
        var attach = new ItopCall.Attach(new FileClaim(hash, 4, "plan.txt", "text/plain"));

        var early = await world.Attach.Call(world.Attempt(attach, world.Now.AddSeconds(-20)), ticket, attach, default);
        early.ShouldBeOfType<Answer.TryAgain>().After.ShouldBe(TimeSpan.FromSeconds(40));
        var text = () => world.Attach.Text(ticket.ItopId!, "INSA Lyon", ("a.txt", "a"), TimeSpan.FromSeconds(40), default);
        (await Should.ThrowAsync<ItopException>(text)).Answer.ShouldBeOfType<Answer.TryAgain>().Cause.ShouldBe(Cause.InDoubt);
        (await world.FilesOn(ticket.ItopId!)).ShouldBeEmpty();

        var late = world.Attempt(attach, world.Now.AddSeconds(-61));
        (await world.Attach.Call(late, ticket, attach, default)).ShouldBeOfType<Answer.Done>();
        (await world.FilesOn(ticket.ItopId!)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Our_own_file_read_back_is_not_told()
    {
        var opened = await world.Opened();
        var hash = await world.Files.Put(ItopPlay.Asked.Heading.TicketId.ToString("N"), "plan"u8.ToArray(), default);
        var wanted = new GroupUpdateWanted(
            ItopPlay.Asked.Heading,
            GroupWish.Attach,
            File: new FileClaim(hash, 4, "plan.txt", "text/plain")
        );
        var pending = world.Decider.Decide(opened, wanted, world.Now);
        var attach = pending.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Call>().Body.ShouldBeOfType<ItopCall.Attach>();
        var done = await world.Attach.Call(world.Attempt(attach), pending.State, attach, default);
        var seen = (await world.Poll.NewAttachments(world.Now, default)).ShouldHaveSingleItem();

        // The poll may come before our own answer is saved: then it is fetched, and known by its bytes and its name.
        var fetch = world
            .Decider.Decide(pending.State, seen, world.Now)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>()
            .Body.ShouldBeOfType<ItopCall.Fetch>();
        var fetched = await world.Attach.Fetch(pending.State, fetch, default);
        world.Decider.Settle(pending.State, world.Attempt(fetch), fetched, world.Now).Effects.ShouldBeEmpty();
        fetched.Result.ShouldBeOfType<FileClaim>().Sha256.ShouldBe(hash);

        // And after it, by iTop's own id.
        var settled = world.Decider.Settle(pending.State, world.Attempt(attach), done, world.Now).State;
        world.Decider.Decide(settled, seen, world.Now).Effects.ShouldBeEmpty();
        world
            .Decider.Settle(settled with { Sent = [] }, world.Attempt(fetch), fetched, world.Now)
            .Effects.ShouldHaveSingleItem("a file of the group is told");
    }

    [Fact]
    public async Task A_changed_ticket_is_read_again_once_its_second_is_over_and_then_no_more()
    {
        await world.Opened();
        (await Round()).ShouldBe(1);
        (await Round()).ShouldBe(1, "its second is not over");
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Round()).ShouldBe(1, "once more after it");
        (await Round()).ShouldBe(0);
    }

    [Fact]
    public async Task A_ticket_that_a_call_of_ours_changed_is_read_once_its_second_is_over_and_only_then()
    {
        await world.Opened();
        world.Poll.Answered((await world.All()).ShouldHaveSingleItem(), world.Now);

        (await Round()).ShouldBe(0, "the answer was a reading");
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Round()).ShouldBe(1, "somebody else may have written in that second");
        (await Round()).ShouldBe(0);
    }

    async Task<int> Round()
    {
        var read = await world.Poll.Changed(world.Now, default);
        await world.Poll.Taken(read, world.Now, default);
        return read.Ours.Count;
    }

    Task<Answer> Open(DateTimeOffset? inDoubt = null) => world.Open.Call(world.Attempt(create, inDoubt), ItopPlay.Asked, default);

    (GroupTicket Ticket, ItopCall.Write Call) Comment(GroupTicket ticket)
    {
        var decided = world.Decider.Decide(
            ticket,
            new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Comment, new Author(Role.Support), "bonjour"),
            world.Now
        );
        return (decided.State, (ItopCall.Write)((Effect.Call)decided.Effects.Single()).Body);
    }
}
