namespace GroupTicketing.Directory;

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
