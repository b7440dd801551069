namespace GroupTicketing.Directory.Reading;

/// <summary>Where a school is told.</summary>
internal static class ReadCallback
{
    public static Callback? From(Fields file)
    {
        if (file.Group("callback") is not { } fields)
            return null;

        var callback = new Callback(
            ReadUrl.From(fields, "callback", "https://tickets.school.example/callbacks", FileTexts.Of("TextsReadOnTheWay")),
            fields.Choice("audience", ("support", Party.Support), ("requester", Party.Requester)),
            TimeSpan.FromSeconds(fields.Number("timeout", 1, 60) ?? 10));
        fields.Done();
        return callback;
    }
}
