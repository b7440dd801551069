namespace GroupTicketing.Registry;

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

/// <summary>How a school lets its people be shown to the group.</summary>
/// <param name="Requester">Written <c>Demandeur</c> (default) or <c>name</c>.</param>
/// <param name="Agent">Written <c>role</c> (default) or <c>name</c>.</param>
public sealed record AuthorSignature(AuthorShown Requester = AuthorShown.Role, AuthorShown Agent = AuthorShown.Role);

/// <summary>By what they do, or by name.</summary>
public enum AuthorShown
{
    Role,
    Name,
}

/// <summary>The act in a school's tool that hands a ticket over. One of: a field with its value, a queue, a category.</summary>
/// <param name="Field">A custom field's name.</param>
/// <param name="Value">The value that hands over; goes with the field.</param>
public sealed record Gesture(string? Field = null, string? Value = null, string? Queue = null, string? Category = null);

/// <summary>Where and how a school is told.</summary>
/// <param name="Url">Absolute; https except for a try-out.</param>
/// <param name="Audience">For whom the group's texts are. Default support: a private note in its tool.</param>
/// <param name="Timeout">How long its answer may take: 1 to 60 whole seconds, default 10.</param>
public sealed record Callback(Uri Url, Party Audience, TimeSpan Timeout);

/// <summary>The two sides of a school: those who answer, those who ask.</summary>
public enum Party
{
    Support,
    Requester,
}

/// <summary>Where a school's tool can be read, to find what its webhooks did not bring.</summary>
/// <param name="Url">For <c>generic</c> the address of its events, for <c>rt5</c> that of REST 2.0, e.g.
/// <c>https://rt.school.example/REST/2.0</c>. Absolute; https except for a try-out.</param>
/// <param name="Every">How often: 1 to 1,440 whole minutes, default 15.</param>
public sealed record ReadPort(Uri Url, TimeSpan Every);

/// <summary>Where a school's secrets lie. Several of a kind are all accepted, so that one can be replaced without a
/// pause.</summary>
/// <param name="Webhook">Checks what the school sends.</param>
/// <param name="Rt">Opens its tool's own interface.</param>
/// <param name="Callback">Signs what the school is sent.</param>
/// <param name="Read">Opens its tool for reading; the first is used.</param>
public sealed record SecretReferences(
    IReadOnlyList<SecretReference> Webhook,
    IReadOnlyList<SecretReference> Rt,
    IReadOnlyList<SecretReference> Callback,
    IReadOnlyList<SecretReference> Read);

/// <summary>A secret's place: <c>file:path</c> (from the directory's folder), <c>env:VARIABLE</c>, or a try-out's
/// <c>demo:value</c>.</summary>
/// <param name="File">The school's file, for messages.</param>
/// <param name="Line">The line in it.</param>
public sealed record SecretReference(string Text, string File, int Line);
