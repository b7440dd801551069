using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What a look does besides reading tickets of ours.</summary>
/// <param name="Requests">Those that people opened for a school.</param>
/// <param name="Aside">Those that iTop cannot show.</param>
/// <param name="Halving">So that these stop only themselves.</param>
/// <param name="Rules">How readings are understood.</param>
public sealed record PollReads(FindRequests Requests, PutAside Aside, Halving Halving, ReadingRules Rules);
