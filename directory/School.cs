namespace GroupTicketing.Directory;

/// <summary>A school that takes part or is about to: one file of <c>schools/</c>, named after its slug.</summary>
/// <param name="Slug">One of the group's schools.</param>
/// <param name="Name">For people: "INSA Lyon".</param>
/// <param name="Organisation">Its organisation in iTop; no two schools share one.</param>
/// <param name="SupportContact">The iTop person, by name or e-mail, who is the caller of its tickets.</param>
/// <param name="Pilot">Whether its tickets are taken. Default false.</param>
/// <param name="Tool">The dialect its tool speaks: <c>generic</c>, <c>rt5</c>. Default <c>generic</c>.</param>
/// <param name="Secrets">Where its secrets lie.</param>
/// <param name="Gesture">How a handover is recognised. Null for <c>generic</c>, which says it outright.</param>
/// <param name="Accounts">Our own accounts in its tool, whose acts are echoes. Default none.</param>
/// <param name="Mapping">How its tool's words become the catalogue's.</param>
/// <param name="Callback">Where it hears from us; null when it only asks.</param>
/// <param name="Signature">How authors are shown to the group.</param>
/// <param name="Caller">Who is the caller in iTop. Default the support contact.</param>
/// <param name="NoteMark">A private note that bears this mark crosses to the group. Default <c>@groupe</c>.</param>
/// <param name="MirrorFrom">Requests that people open in iTop for it from that day on (iTop's date) become tickets in
/// its tool; null: none.</param>
/// <param name="Read">Where its tool can be read; null: what its webhooks lose is lost.</param>
/// <param name="Holidays">Days it is closed, besides the group's. Default none.</param>
/// <param name="UnknownCaller">What becomes of a requester whom iTop does not know, where <paramref name="Caller"/> is
/// the requester. Default: the support contact stands in.</param>
public sealed record School(
    string Slug,
    string Name,
    string Organisation,
    string SupportContact,
    bool Pilot,
    string Tool,
    SecretReferences Secrets,
    Gesture? Gesture,
    IReadOnlyList<string> Accounts,
    Mapping Mapping,
    Callback? Callback,
    AuthorSignature Signature,
    Party Caller,
    string NoteMark,
    IReadOnlyList<DateOnly> Holidays,
    ReadPort? Read = null,
    DateOnly? MirrorFrom = null,
    UnknownCaller UnknownCaller = UnknownCaller.Support);

/// <summary>A requester who is no person of the school's organisation in iTop.</summary>
public enum UnknownCaller
{
    /// <summary>The support contact is iTop's caller.</summary>
    Support,

    /// <summary>The requester is made a person there.</summary>
    Create,
}
