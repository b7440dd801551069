using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Prove.Hosted;

/// <summary>What makes a decision throw.</summary>
static class PoisonedDecider
{
    /// <summary>The variable that names it: a text that no message may hold.</summary>
    public const string Variable = "GROUPTICKETING_PROVE_POISON";

    public static string? Mark { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } mark ? mark : null;
}

/// <summary>A service that cannot decide on some messages, as one with a fault in its code.</summary>
sealed class PoisonedDecider<TState>(IDecider<TState> inner) : IDecider<TState>
{
    public string Name => inner.Name;

    public int Schema => inner.Schema;

    public TState Empty => inner.Empty;

    public Decided<TState> Decide(TState state, object message, DateTimeOffset now) =>
        inner.Name == "routing" && Encoding.UTF8.GetString(Json.Write(message)).Contains(PoisonedDecider.Mark!)
            ? throw new InvalidOperationException("poisoned")
            : inner.Decide(state, message, now);

    public Decided<TState> Settle(TState state, Attempt attempt, Answer answer, DateTimeOffset now) =>
        inner.Settle(state, attempt, answer, now);

    public IReadOnlyList<Effect> Quarantined(TState state, object? message, string reason, DateTimeOffset now) =>
        inner.Quarantined(state, message, reason, now);

    public void Took(object cause, Decided<TState> decided, DateTimeOffset now) => inner.Took(cause, decided, now);

    public string? Owner(TState state, object? message) => inner.Owner(state, message);

    public string? Shelf(TState state) => inner.Shelf(state);

    public DateTimeOffset? Expires(TState state) => inner.Expires(state);

    public JsonObject Upcast(int schema, JsonObject document) => inner.Upcast(schema, document);
}
