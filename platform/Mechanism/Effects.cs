namespace GroupTicketing.Platform;

/// <summary>What a decision wants done, saved as a debt in the same write as the state.</summary>
public abstract record Effect
{
    Effect()
    {
    }

    /// <summary>Say this on the bus; its stream follows from its type.</summary>
    public sealed record Say(object Message) : Effect;

    /// <summary>Call the outside.</summary>
    /// <param name="Lane">The lane it waits in; a lane is paid in order.</param>
    /// <param name="Target">Whom it needs, e.g. <c>itop</c> or <c>school:lyon</c>; whether it is up is stored once for all its debts.</param>
    /// <param name="Kind">What to do, in the adapter's words.</param>
    /// <param name="Body">What the adapter needs, serialized to JSON.</param>
    /// <param name="NotBefore">Not tried earlier than this; null for at once.</param>
    public sealed record Call(string Lane, string Target, string Kind, object Body, DateTimeOffset? NotBefore = null) : Effect;

    /// <summary>Hear <paramref name="Message"/> again at that time: a document's own alarm clock.</summary>
    public sealed record Remind(string Lane, DateTimeOffset At, object Message) : Effect;
}

/// <summary>A decision: the new state and what it wants done.</summary>
public readonly record struct Decided<TState>(TState State, IReadOnlyList<Effect> Effects)
{
    /// <summary>A new state and nothing to do.</summary>
    public static implicit operator Decided<TState>(TState state) => new(state, []);
}
