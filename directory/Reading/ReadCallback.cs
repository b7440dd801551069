namespace GroupTicketing.Directory.Reading;

/// <summary>Where a school is told.</summary>
internal static class ReadCallback
{
    private static readonly Uri None = new("http://invalid.example/");

    public static Callback? From(Fields file)
    {
        if (file.Group("callback") is not { } fields)
            return null;

        var callback = new Callback(
            ReadUrl(fields),
            fields.Choice("audience", ("support", Party.Support), ("requester", Party.Requester)),
            TimeSpan.FromSeconds(fields.Number("timeout", 1, 60) ?? 10));
        fields.Done();
        return callback;
    }

    private static Uri ReadUrl(Fields fields)
    {
        var text = fields.Text("url");
        if (text.Length == 0)
            return None;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            fields.Problems.Error(
                fields.LineOf("url"),
                "callback: the url must begin with https:// and hold no password, such as https://tickets.school.example/callbacks");
            return None;
        }
        if (url.Scheme == "http" && !url.IsLoopback)
            fields.Problems.Warn(fields.LineOf("url"), "callback: without https the tickets' texts can be read on their way");
        return url;
    }
}
