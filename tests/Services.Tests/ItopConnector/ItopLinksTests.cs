using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Whose an iTop id is, while the answer that says so is not yet on disk.</summary>
public sealed class ItopLinksTests : IAsyncDisposable
{
    const string Id = "42";

    static readonly Guid ticket = Guid.Parse("ad0cfe3a-3e23-8c96-85a3-c2447c297f66");

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    readonly SqliteStore store;
    readonly ItopLinks links;

    public ItopLinksTests() => links = new ItopLinks(store = new SqliteStore(Path.Combine(folder, "store.db")));

    [Fact]
    public async Task An_id_that_was_answered_is_its_tickets_though_a_poll_begins_anew_before_that_is_stored()
    {
        links.Keeping(Id, ticket);
        links.Forget();

        (await links.TicketOf(Id, null, default)).ShouldBe(ticket);
        links.IsStranger(Id).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_was_looked_at_before_it_was_answered_is_no_stranger_afterwards()
    {
        (await links.TicketOf(Id, null, default)).ShouldBeNull();
        links.IsStranger(Id).ShouldBeTrue();

        links.Keeping(Id, ticket);

        links.IsStranger(Id).ShouldBeFalse();
        (await links.TicketOf(Id, null, default)).ShouldBe(ticket);
    }

    [Fact]
    public async Task What_is_stored_counts_before_what_was_answered()
    {
        links.Keeping(Id, ticket);
        var other = Guid.NewGuid();
        await store.PutSide("itop", links.Keeping("1", other).Key.Replace("1", Id), other.ToByteArray(), null, default);
        links.Forget();

        (await links.Find(Id, default)).ShouldBe(other);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
