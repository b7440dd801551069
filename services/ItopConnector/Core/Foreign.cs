using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What bears the link's id is not what the link was made with.</summary>
/// <param name="Why">As <see cref="LinkStopped"/> says it.</param>
public sealed record Foreign(string Why);
