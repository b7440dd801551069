namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What can be done in iTop.</summary>
public sealed record ItopActions(
    BoundRequest Bound,
    OpenGroupTicket Open,
    AdoptGroupTicket Adopt,
    WriteToGroupTicket Write,
    AttachFile Attach
);
