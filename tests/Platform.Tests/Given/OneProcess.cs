using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// Three rooms in one process, over a store with transactions: the first says what comes to its door, the second hears
/// it and replies, the third hears both.
/// </summary>
sealed class OneProcess
{
    public const string Ticket = Desk.Ticket;

    readonly Dictionary<string, Documents<Notes>> rooms = [];

    /// <param name="memory">What a process before it left; null: nothing.</param>
    /// <param name="alsoHears">Who else hears replies.</param>
    public OneProcess(
        MemoryStore? memory = null,
        Notebook? first = null,
        Notebook? second = null,
        Notebook? third = null,
        string? alsoHears = null
    )
    {
        Memory = memory ?? new() { HasTransactions = true };
        Store = new FaultyStore(Memory);
        Notebook[] notebooks =
        [
            first ?? new("first", (_, word) => [new Effect.Say(word with { Stream = "first-second", SourceId = null })]),
            second ?? new("second", (_, word) => [new Effect.Say(new Reply(word.Ticket, $"re {word.Text}", "second-third"))]),
            third ?? new("third"),
        ];
        Subscription[] subscriptions =
        [
            new("q", "second", typeof(Word)),
            new("q", "third", typeof(Word)),
            new("q", "third", typeof(Reply)),
            .. alsoHears is null ? [] : new Subscription[] { new("q", alsoHears, typeof(Reply)) },
        ];
        var waves = new Waves(subscriptions, () => rooms.Values);
        foreach (var notebook in notebooks)
            rooms[notebook.Name] = new(notebook, Store, new Words(), WakeSignal, waves, Clock);
        Bus = new BusDispatcher(
            new InProcessBus(subscriptions, rooms.Values, new Words(), NullLogger<InProcessBus>.Instance),
            new Words(),
            Clock
        );
    }

    public MemoryStore Memory { get; }

    public FaultyStore Store { get; }

    public FakeTimeProvider Clock { get; } = new(Desk.Morning);

    public WakeSignal WakeSignal { get; } = new();

    public BusDispatcher Bus { get; }

    /// <summary>A word comes through the first room's door.</summary>
    public Task<Heard<Notes>> Door(string text, string ticket = Ticket, string room = "first") =>
        rooms[room].Transact(ticket, new Word(ticket, text, SourceId: text).AtTheDoor(), CancellationToken.None);

    public async Task<IReadOnlyList<string>> Lines(string room, string ticket = Ticket) =>
        (await rooms[room].Read(ticket, CancellationToken.None))?.State.Lines ?? [];

    public async Task<long> Version(string room, string ticket = Ticket) =>
        (await Memory.Load($"{room}/{ticket}", CancellationToken.None))?.Version ?? 0;

    public IDocuments Room(string name) => rooms[name];

    public Task<IReadOnlyList<Owed>> Owed() => Memory.AllOwed(null, 100, CancellationToken.None);

    /// <summary>What is outgoing goes.</summary>
    public async Task PayBus()
    {
        foreach (var owed in (await Owed()).Where(owed => owed.Target == Debts.Bus))
            await Bus.Call(rooms[owed.Room], owed.Ticket, owed.Lane, CancellationToken.None);
    }
}
