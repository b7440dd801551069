using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What a look brought.</summary>
/// <param name="Ours">Tickets of ours, read.</param>
/// <param name="Found">Requests that somebody opened for a school.</param>
/// <param name="Looked">The ids of all that was looked at.</param>
public sealed record Changes(IReadOnlyList<ItopRead> Ours, IReadOnlyList<RequestFound> Found, IReadOnlyList<string> Looked);
