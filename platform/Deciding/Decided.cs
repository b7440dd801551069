namespace GroupTicketing.Platform.Deciding;

/// <summary>A decision, the only form in which a core or a service says one: the new state, and what is to be done.</summary>
public readonly record struct Decided<TState>(TState State, IReadOnlyList<Effect> Effects)
{
    /// <summary>A new state and nothing to do.</summary>
    public static implicit operator Decided<TState>(TState state) => new(state, []);

    /// <summary>What it says on the bus, in order.</summary>
    public IReadOnlyList<object> Says => [.. Effects.OfType<Effect.Say>().Select(say => say.Message)];

    /// <summary>The same, and then this.</summary>
    public Decided<TState> And(params IEnumerable<Effect> effects) => this with { Effects = [.. Effects, .. effects] };
}

/// <summary>Decisions that say something.</summary>
public static class Decided
{
    /// <summary>A new state, and these messages said in order.</summary>
    public static Decided<TState> Say<TState>(TState state, params IEnumerable<object> messages) =>
        new(state, [.. messages.Select(message => new Effect.Say(message))]);
}

/// <summary>What a decision wants done, saved in the same write as the state.</summary>
public abstract record Effect
{
    Effect()
    {
    }

    /// <summary>Say this on the bus; its stream follows from its type.</summary>
    public sealed record Say(object Message) : Effect;

    /// <summary>Call the outside.</summary>
    /// <param name="Lane">The lane it waits in; a lane is done in order.</param>
    /// <param name="Target">Whom it needs, e.g. <c>itop</c> or <c>school:lyon</c>; whether it is up is stored once for
    /// all its calls.</param>
    /// <param name="Kind">What to do, in the adapter's words.</param>
    /// <param name="Body">What the adapter needs, serialized to JSON.</param>
    /// <param name="NotBefore">Not tried earlier than this; null for at once.</param>
    public sealed record Call(string Lane, string Target, string Kind, object Body, DateTimeOffset? NotBefore = null) : Effect;

    /// <summary>A lane of this document that stopped goes on: what stopped it is settled.</summary>
    public sealed record GoOn(string Lane) : Effect;

    /// <summary>Hear <paramref name="Message"/> again at that time: a document's own alarm clock.</summary>
    public sealed record Remind(string Lane, DateTimeOffset At, object Message) : Effect;
}
