namespace GroupTicketing.Platform;

/// <summary>Who calls, by a live key.</summary>
/// <param name="Holder">The key's: <c>operator:NAME</c> or a school's slug.</param>
/// <param name="KeyId">Which of the holder's keys, as the list names it.</param>
public sealed record Caller(string Holder, string KeyId)
{
    /// <summary>Whether it may read and operate everything.</summary>
    public bool IsOperator => Holder == Keys.Operator || Holder.StartsWith($"{Keys.Operator}:", StringComparison.Ordinal);

    /// <summary>The school it is of; null for an operator.</summary>
    public string? School => IsOperator ? null : Holder;
}
