using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// Three deciders in one process, over a store with transactions: the first says what comes to its door, the second hears
/// it and replies, the third hears both.
/// </summary>
sealed class OneProcess
{
    public const string Ticket = Desk.Ticket;

    readonly Dictionary<string, Documents<Notes>> byService = [];

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
        var waves = new Waves(subscriptions, () => byService.Values);
        foreach (var notebook in notebooks)
            byService[notebook.Name] = new(notebook, Store, new Words(), WakeSignal, waves, Clock);
        Bus = new BusDispatcher(
            new InProcessBus(subscriptions, byService.Values, new Words(), NullLogger<InProcessBus>.Instance),
            new Words(),
            Clock
        );
    }

    public MemoryStore Memory { get; }

    public FaultyStore Store { get; }

    public FakeTimeProvider Clock { get; } = new(Desk.Morning);

    public WakeSignal WakeSignal { get; } = new();

    public BusDispatcher Bus { get; }

    /// <summary>A word comes through the first decider's door.</summary>
    public Task<Heard<Notes>> Door(string text, string ticket = Ticket, string service = "first") =>
        byService[service].Transact(ticket, new Word(ticket, text, SourceId: text).AtTheDoor(), CancellationToken.None);

    public async Task<IReadOnlyList<string>> Lines(string service, string ticket = Ticket) =>
        (await byService[service].Read(ticket, CancellationToken.None))?.State.Lines ?? [];

    public async Task<long> Version(string service, string ticket = Ticket) =>
        (await Memory.Load($"{service}/{ticket}", CancellationToken.None))?.Version ?? 0;

    public IDocuments Documents(string name) => byService[name];

    public Task<IReadOnlyList<PendingLane>> Pending() => Memory.AllPending(null, 100, CancellationToken.None);

    /// <summary>What is outgoing goes.</summary>
    public async Task PayBus()
    {
        foreach (var pending in (await Pending()).Where(pending => pending.Target == Outbox.Bus))
            await Bus.Call(byService[pending.Service], pending.Ticket, pending.Lane, CancellationToken.None);
    }
}
