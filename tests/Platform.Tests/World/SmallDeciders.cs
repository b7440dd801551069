using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>The deciders of the small world: one says on what a school wrote, the other creates each once in the ledger
/// and says that it is done.</summary>
static class SmallDeciders
{
    public const string Done = "done ";

    public static Notebook Speaker { get; } = new("speaker", (_, word) =>
        word.Text.StartsWith(Done, StringComparison.Ordinal) ? [] : [new Effect.Say(word with { Stream = "speaker-listener" })]);

    public static Notebook Listener(Flaw flaw) =>
        new("listener", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)])
        {
            Settled = (notes, attempt, answer) =>
                answer is Answer.Done && flaw is not Flaw.ForgetToTell
                    ? new Decided<Notes>(
                        notes,
                        [
                            new Effect.Say(
                                new Word(attempt.Key.Split('/')[1], Done + attempt.Call.Body.GetString(), "listener-speaker")
                            ),
                        ]
                    )
                    : notes,
        };
}

/// <summary>What is broken on purpose, to see that the invariants notice.</summary>
enum Flaw
{
    None,

    /// <summary>The adapter does not look before it repeats.</summary>
    IgnoreDoubt,

    /// <summary>The listener takes messages as they come, numbers or not.</summary>
    ForgetNumbers,

    /// <summary>Nobody asks for what is missing.</summary>
    NeverAsk,

    /// <summary>The school's repeats bear no source id.</summary>
    ForgetSourceIds,

    /// <summary>Answers are never saved.</summary>
    NeverSettle,

    /// <summary>The listener does not say what was done.</summary>
    ForgetToTell,
}
