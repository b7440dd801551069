namespace GroupTicketing.Simulators.Itop;

/// <summary>What creations that nobody repeats have used up.</summary>
/// <param name="Ids">The last id of each class named.</param>
/// <param name="Reference">The number of the last ticket reference.</param>
public sealed record UsedUp(Dictionary<string, int>? Ids, int? Reference);
