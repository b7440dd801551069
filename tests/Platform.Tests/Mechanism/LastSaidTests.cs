namespace GroupTicketing.Platform.Tests;

/// <summary>The last message of each stream, for whoever may have lost it.</summary>
public class LastSaidTests
{
    const string Stream = "speaker-listener";

    readonly Desk desk = new(Desk.Speaker());

    [Fact]
    public async Task A_document_that_cannot_be_read_keeps_none_of_the_others_from_saying_theirs()
    {
        foreach (var ticket in (string[])["t1", "t2", "t3"])
            await Say(ticket);
        var stored = (await desk.Memory.Load("speaker/t2", CancellationToken.None))!;
        await desk.Memory.Save(stored with { Version = stored.Version + 1, Body = "{"u8.ToArray() }, [], CancellationToken.None);

        (await Tickets()).ShouldBe(["t1", "t3"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_that_is_written_meanwhile_is_not_missed()
    {
        for (var one = 0; one < 600; one++)
            await Say($"t{one}");

        var tickets = new HashSet<string>();
        await foreach (var last in desk.Dispatched.LastSaid(null, Desk.Morning, CancellationToken.None))
        {
            if (tickets.Count == 0)
            {
                desk.Clock.Advance(TimeSpan.FromMinutes(1));
                await desk.Documents.Transact("t0", new Word("t0", "later").AtTheDoor(), CancellationToken.None);
            }
            tickets.Add(Json.Read<Word>(last.Body).Ticket);
        }

        tickets.Count.ShouldBe(600);
    }

    async Task Say(string ticket)
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Documents.Transact(ticket, new Word(ticket, "said").AtTheDoor(), CancellationToken.None);
        await desk.Dispatched.Confirmed(ticket, Stream, new Place(1, 1), CancellationToken.None);
    }

    async Task<IReadOnlyList<string>> Tickets()
    {
        var found = new List<string>();
        await foreach (var last in desk.Dispatched.LastSaid(null, Desk.Morning, CancellationToken.None))
            found.Add(Json.Read<Word>(last.Body).Ticket);
        return [.. found.Distinct()];
    }
}
