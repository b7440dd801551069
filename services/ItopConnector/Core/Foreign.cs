using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What bears the link's id is not what the link was made with.</summary>
/// <param name="Why">As <see cref="LinkStopped"/> says it.</param>
/// <param name="ItopId">The id that was looked at.</param>
/// <param name="Bound">What it was compared with: a person may have bound the link otherwise meanwhile.</param>
public sealed record Foreign(string Why, string ItopId, Bound? Bound);

/// <summary>Nothing was tried, as the link was stopped when the attempt began.</summary>
public sealed record FoundStopped;
