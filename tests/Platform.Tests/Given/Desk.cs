using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>One decider's documents over a memory store, with a clock that stands still until it is moved.</summary>
sealed class Desk
{
    public const string Ticket = "t1";

    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public Desk(Notebook decider, MemoryStore? memory = null, FakeTimeProvider? clock = null)
    {
        Memory = memory ?? new MemoryStore();
        Clock = clock ?? new FakeTimeProvider(Morning);
        Store = new FaultyStore(Memory);
        Documents = new Documents<Notes>(decider, Store, new Words(), WakeSignal, new Waves(), Clock);
        Name = decider.Name;
    }

    public string Name { get; }

    public MemoryStore Memory { get; }

    public FaultyStore Store { get; }

    public FakeTimeProvider Clock { get; }

    public WakeSignal WakeSignal { get; } = new();

    public Documents<Notes> Documents { get; }

    /// <summary>The same documents as the dispatcher sees them.</summary>
    public IDocuments Dispatched => Documents;

    /// <summary>A service that calls iTop once per word, on one lane.</summary>
    public static Notebook Caller() => new("caller", (_, word) => [new Effect.Call("itop", "itop", "create", new { word.Text })]);

    /// <summary>A service that says every word on.</summary>
    public static Notebook Speaker() => new("speaker", (_, word) => [new Effect.Say(word with { Stream = "speaker-listener" })]);

    public Task<Heard<Notes>> Hear(Hearing hearing) => Documents.Transact(Ticket, hearing, CancellationToken.None);

    public Task<Heard<Notes>> Door(string text, string? sourceId = null) =>
        Hear(new Word(Ticket, text, SourceId: sourceId).AtTheDoor());

    public Task<Heard<Notes>> Bus(int number, long epoch = 1) => Hear(new Word(Ticket, $"w{number}").At(number, epoch));

    public async Task<IReadOnlyList<string>> Lines() => (await Documents.Read(Ticket, CancellationToken.None))?.State.Lines ?? [];

    public Task<IReadOnlyList<PendingLane>> Pending() => Memory.AllPending($"{Name}/{Ticket}", 100, CancellationToken.None);

    public async Task<PendingLane> PendingIn(string lane) => (await Pending()).Single(pending => pending.Lane == lane);

    /// <summary>What the index says went wrong there; null when nothing did, or nothing is pending.</summary>
    public async Task<string?> LastError(string lane, string ticket = Ticket) =>
        (await Memory.AllPending($"{Name}/{ticket}", 100, CancellationToken.None))
            .FirstOrDefault(pending => pending.Lane == lane)
            ?.Error;

    public Task<Attempt?> Claim(string lane = "itop") =>
        Dispatched.Claim(Ticket, lane, TimeSpan.FromSeconds(15), CancellationToken.None);

    public Task<bool> Settle(Attempt attempt, Answer answer) =>
        Dispatched.Settle(attempt, answer, TimeSpan.FromSeconds(5), CancellationToken.None);

    /// <summary>Waits, at most five seconds, until it is so.</summary>
    public static async Task Until(Func<bool> happened)
    {
        for (var tries = 0; tries < 500 && !happened(); tries++)
            await Task.Delay(10);
        happened().ShouldBeTrue("it never happened");
    }

    public async Task<Document<Notes>> Stored(string? ticket = null) =>
        Json.Read<Document<Notes>>((await Memory.Load($"{Name}/{ticket ?? Ticket}", CancellationToken.None))!.Body);
}
