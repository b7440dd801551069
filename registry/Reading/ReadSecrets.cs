namespace GroupTicketing.Registry.Reading;

/// <summary>Where a school's secrets lie. A message about one never repeats what was written: it may be the secret.</summary>
internal static class ReadSecrets
{
    private static readonly string[] Kinds = ["file:", "env:", "demo:"];

    public static SecretReferences From(Fields? fields) => fields is null
        ? new([], [], [], [])
        : new(All(fields, "webhook"), All(fields, "rt"), All(fields, "callback"), All(fields, "read"));

    private static IReadOnlyList<SecretReference> All(Fields fields, string key)
    {
        var references = new List<SecretReference>();
        foreach (var (text, line) in fields.Texts(key))
            if (Kinds.Any(k => text.StartsWith(k, StringComparison.Ordinal) && text.Length > k.Length))
                references.Add(new(text, fields.Problems.File, line));
            else
                fields.Problems.Error(line, FileTexts.Text("SecretWritten", key));
        return references;
    }
}
