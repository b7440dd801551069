namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>One committed write, for those who count effects.</summary>
/// <param name="Op">create, update, stimulus, attach or delete.</param>
/// <param name="Entry">The text of the public log entry this write added.</param>
public sealed record LedgerLine(
    int N,
    DateTimeOffset At,
    string Op,
    string Class,
    string Id,
    string? Ref,
    string? Title,
    string? Stimulus,
    string? Login,
    string? Entry);

/// <summary>What a writer says of its write; the store adds number, time and object.</summary>
public sealed record Deed(string Op, string? Login, string? Stimulus = null, string? Entry = null);
