using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Services.Tests;

/// <summary>One link in a simulated iTop, polled and dispatched as the product does it; what is said of it is kept.</summary>
sealed class LinkWorld(ItopWorld world) : IAsyncDisposable
{
    public static readonly string Ticket = ItopPlay.Asked.Heading.TicketId.ToString("N");

    readonly Documents<GroupTicket> documents = world.Documents();

    public ItopWorld World => world;

    public Documents<GroupTicket> Documents => documents;

    public async Task<GroupTicket> State() => (await documents.Read(Ticket, default))!.State;

    public static async Task<LinkWorld> Opened(bool module = false)
    {
        var link = new LinkWorld(await ItopWorld.Start(module));
        await link.Hear(ItopPlay.Asked);
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        return link;
    }

    public Task Hear(object message) => documents.Transact(Ticket, new Hearing(null, default, null, message), default);

    public Task Comment(string text) =>
        Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Comment, new Author(Role.Requester), text));

    /// <summary>Makes the call at the head of a lane as the dispatcher does; null when nothing is due.</summary>
    public async Task<Answer?> Call(string lane = Lanes.Writes)
    {
        if (await Try(lane) is not { } tried)
            return null;
        await Settle(tried);
        return tried.Answer;
    }

    /// <summary>An attempt whose answer is not noted yet; null when nothing is due.</summary>
    public async Task<(Attempt Attempt, Answer Answer)?> Try(string lane = Lanes.Writes) =>
        await ((IDocuments)documents).Claim(Ticket, lane, TimeSpan.FromSeconds(30), default) is { } attempt
            ? (attempt, await world.Adapter(documents).Call(attempt, default))
            : null;

    public async Task Settle((Attempt Attempt, Answer Answer)? tried) =>
        (
            await ((IDocuments)documents).Settle(tried!.Value.Attempt, tried.Value.Answer, TimeSpan.FromSeconds(1), default)
        ).ShouldBeTrue();

    /// <summary>A round of tickets and one of files, later than anything before.</summary>
    public async Task Poll()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await Changes.Tickets(default);
        await Files();
    }

    /// <summary>A round of files alone.</summary>
    public Task Files() => Changes.Attachments(default);

    ReadChanges Changes =>
        new(
            new ItopPolling(world.Poll, world.Links, null!, null!),
            world.Poll,
            world.Links,
            documents,
            world.Options,
            world.Clock,
            NullLogger<ReadChanges>.Instance
        );

    /// <summary>Everything said so far.</summary>
    public async Task<IReadOnlyList<Fact>> Said()
    {
        var again = await ((IDocuments)documents).Again(Ticket, "itop-routing", 1, default);
        return [.. again.Messages.Select(one => (Fact)Json.Read(one.Body, typeof(Fact).Assembly.GetType(one.Type)!))];
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
