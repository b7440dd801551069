using System.Text.Json.Nodes;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>A service whose state is the list of what it heard; a test says what else it decides.</summary>
sealed class Notebook(string name, Func<Notes, Word, IReadOnlyList<Effect>>? decide = null) : IDecider<Notes>
{
    public string Name => name;

    public int Schema { get; init; } = 1;

    public Notes Empty => new([]);

    /// <summary>Whether it can read what begins with "bad".</summary>
    public bool ReadsAll { get; init; }

    public Func<Notes, Attempt, Answer, Decided<Notes>> Settled { get; init; } = (notes, _, _) => notes;

    /// <summary>What it was told that was saved: words and attempts, in order.</summary>
    public List<object> Saved { get; } = [];

    /// <summary>What it says when a word was quarantined.</summary>
    public Func<object?, string, IReadOnlyList<Effect>> Stuck { get; init; } = (_, _) => [];

    public Func<int, JsonObject, JsonObject> Up { get; init; } = (_, document) => document;

    public Decided<Notes> Decide(Notes state, object message, DateTimeOffset now)
    {
        var word = (Word)message;
        if (!ReadsAll && word.Text.StartsWith("bad", StringComparison.Ordinal))
            throw new FormatException($"cannot read {word.Text}");
        return new(state with { Lines = [.. state.Lines, word.Text] }, decide?.Invoke(state, word) ?? []);
    }

    public Decided<Notes> Settle(Notes state, Attempt attempt, Answer answer, DateTimeOffset now) =>
        Settled(state, attempt, answer);

    public IReadOnlyList<Effect> Quarantined(Notes state, object? message, string reason, DateTimeOffset now) =>
        Stuck(message, reason);

    public void Took(object cause, Decided<Notes> decided, DateTimeOffset now) => Tells(cause);

    /// <summary>What it does when it is told that something was saved.</summary>
    public Action<object> Tells
    {
        get => field ?? Saved.Add;
        init;
    }

    /// <summary>What happens when a state is to be written.</summary>
    public Action Fault { get; init; } = () => { };

    public string? Shelf(Notes state)
    {
        Fault();
        return ShelfOf(state);
    }

    static string? ShelfOf(Notes state) => state.Lines.Count > 0 && state.Lines[^1] == "triage" ? "triage" : null;

    /// <summary>When a state has had its time, and what is kept of it then.</summary>
    public Func<Notes, DateTimeOffset?> Ends { get; init; } = _ => null;

    public Func<Notes, Notes?> Kept { get; init; } = _ => null;

    public DateTimeOffset? Expires(Notes state) => Ends(state);

    public Notes? Tombstone(Notes state, DateTimeOffset now) => Kept(state);

    public JsonObject Upcast(int schema, JsonObject document) => Up(schema, document);
}

/// <summary>What a service heard.</summary>
sealed record Notes(IReadOnlyList<string> Lines);
