using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// Three deciders in one process: the first says on what a school wrote, some of it to another ticket; the second answers
/// each word and has some of them done by a tool; the first and the third hear the answers, too.
/// </summary>
static class WaveDeciders
{
    public const string Answered = "re ";
    public const string Done = "done ";
    public const string Far = "far ";

    public static readonly string[] Tickets = ["t1", "t2"];

    public static readonly Subscription[] Subscriptions =
    [
        new("q", "second", typeof(Word)),
        new("q", "third", typeof(Word)),
        new("q", "first", typeof(Reply)),
        new("q", "third", typeof(Reply)),
    ];

    public static string Other(string ticket) => Tickets.Single(one => one != ticket);

    /// <summary>What the first says of a comment: of some so much that a wave cannot hold it.</summary>
    public static IEnumerable<string> SaidOf(string comment) =>
        comment.Contains("long", StringComparison.Ordinal) ? Enumerable.Range(0, 30).Select(n => $"{comment} {n}") : [comment];

    public static bool IsFar(string comment) => comment.EndsWith('3');

    public static bool IsCall(string word) => word.EndsWith('2');

    public static IEnumerable<Notebook> All() =>
        [
            new("first", (_, word) => word is Reply ? [] : [.. Message(word), .. Faraway(word)]),
            new("second", (_, word) => [Reply(word.Ticket, Answered + word.Text), .. Calls(word)])
            {
                Settled = (notes, attempt, answer) => answer is Answer.Done
                    ? new Decided<Notes>(notes, [Reply(attempt.Ticket, Done + attempt.Call.Body.GetString())])
                    : notes,
            },
            new("third"),
        ];

    static IEnumerable<Effect> Message(Word word) =>
        SaidOf(word.Text)
            .Select(text => new Effect.Say(word with { Text = text, Stream = "first-second", SourceId = null }));

    static IEnumerable<Effect> Faraway(Word word) =>
        IsFar(word.Text) ? [new Effect.Say(new Reply(Other(word.Ticket), Far + word.Text, "first-far"))] : [];

    static IEnumerable<Effect> Calls(Word word) =>
        IsCall(word.Text) ? [new Effect.Call("itop", "itop", "create", word.Text)] : [];

    static Effect.Say Reply(string ticket, string text) => new(new Reply(ticket, text, "second-third"));
}

/// <summary>What is broken on purpose, to see that the invariants notice.</summary>
enum WaveFlaw
{
    None,

    /// <summary>The school's repeats bear no source id.</summary>
    ForgetSourceIds,

    /// <summary>Listeners take messages as they come, numbers or not.</summary>
    ForgetNumbers,

    /// <summary>What is outgoing is not in the store's index.</summary>
    ForgetPending,

    /// <summary>What is outgoing does not go.</summary>
    NeverSend,

    /// <summary>The documents of a wave are compared and written one by one.</summary>
    OneByOne,
}

/// <summary>The mechanism's surroundings, broken.</summary>
sealed class FlawedStore(IStore inner, WaveFlaw flaw) : StoreAround(inner)
{
    public override async Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct)
    {
        if (flaw is WaveFlaw.ForgetPending)
            writes =
            [
                .. writes.Select(write =>
                    write with
                    {
                        Pending = [.. write.Pending.Where(pending => pending.Target != Outbox.Bus)],
                    }
                ),
            ];
        if (flaw is not WaveFlaw.OneByOne)
            return await base.SaveTogether(writes, ct);
        foreach (var write in writes)
        {
            if (!await base.SaveTogether([write], ct))
                return false;
        }
        return true;
    }
}

/// <summary>Words whose numbers nobody looks at.</summary>
sealed class Unnumbered : IMessages
{
    readonly Words words = new();

    public IReadOnlyList<string> Services => words.Services;

    public string TicketOf(object message) => words.TicketOf(message);

    public string StreamOf(object message) => words.StreamOf(message);

    public Hearing HearingOf(object message) => new(null, default, null, message);

    public object At(object message, Place place) => words.At(message, place);

    public Type TypeOf(string name) => words.TypeOf(name);

    public string SpeakerOf(string stream) => words.SpeakerOf(stream);
}
