using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A group ticket that somebody deleted in iTop: its school is told, and it is never made again.</summary>
public class DeletedInItopTests : IAsyncLifetime
{
    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(GroupWish.Comment)]
    [InlineData(GroupWish.Close)]
    public async Task Whoever_writes_to_it_finds_out(GroupWish wish)
    {
        var documents = world.Documents();
        var opened = await Kept(documents);
        await world.Delete(opened.ItopId!);

        var answer = await world
            .Adapter(documents)
            .Call(world.Attempt(new ItopCall.Write(wish, 1, "texte\n— INSA Lyon · n° 1")), default);

        answer
            .ShouldBeOfType<Answer.Done>()
            .Result.ShouldBe(new GroupTicketGone(ItopPlay.Asked.Heading.TicketId, opened.ItopId!));
        (await world.All()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_account_no_longer_sees_is_not_taken_for_deleted()
    {
        var opened = await world.Opened();
        (await ReadGroupTicket.IsDeleted(world.Itop, opened.ItopId!, "INSA Lyon", default)).ShouldBeFalse("it is there");
        await world.Delete(opened.ItopId!);
        (await ReadGroupTicket.IsDeleted(world.Itop, opened.ItopId!, "INSA Lyon", default)).ShouldBeTrue();
        (await ReadGroupTicket.IsDeleted(world.Itop, opened.ItopId!, "INSA Mars", default)).ShouldBeFalse(
            "its organisation is not seen either"
        );
    }

    async Task<GroupTicket> Kept(Documents<GroupTicket> documents)
    {
        var ticket = ItopPlay.Asked.Heading.TicketId.ToString("N");
        await documents.Transact(ticket, new Hearing(null, default, null, ItopPlay.Asked), default);
        var read = (ItopRead)
            (
                (Answer.Done)await world.Open.Call(world.Attempt(new ItopCall.Create()), ItopPlay.Asked, default)
            ).Result!;
        return (
            await documents.Transact(
                ticket,
                new Hearing(null, default, null, new TicketRead(ItopPlay.Asked.Heading.TicketId, read, world.Now)),
                default
            )
        ).State;
    }
}
