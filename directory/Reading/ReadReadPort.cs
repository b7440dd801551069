namespace GroupTicketing.Directory.Reading;

/// <summary>Where a school's tool can be read.</summary>
internal static class ReadReadPort
{
    public static ReadPort? From(Fields file)
    {
        if (file.Group("read") is not { } fields)
            return null;

        var port = new ReadPort(
            ReadUrl.From(fields, "read", "https://rt.school.example/REST/2.0", FileTexts.Of("KeyReadOnTheWay")),
            TimeSpan.FromMinutes(fields.Number("every", 1, 1_440) ?? 15));
        fields.Done();
        return port;
    }
}
