namespace GroupTicketing.Registry.Reading;

/// <summary>An address of a school's tool.</summary>
internal static class ReadUrl
{
    private static readonly Uri None = new("http://invalid.example/");

    /// <param name="section">Where it stands, for messages.</param>
    /// <param name="risk">What is at stake without https.</param>
    public static Uri From(Fields fields, string section, string example, string risk)
    {
        var text = fields.Text("url");
        if (text.Length == 0)
            return None;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || !HasName(url)
        )
        {
            fields.Problems.Error(fields.LineOf("url"), FileTexts.Text("NotAUrl", section, example));
            return None;
        }
        if (url.Scheme == "http" && !url.IsLoopback)
            fields.Problems.Warn(fields.LineOf("url"), FileTexts.Text("WithoutHttps", section, risk));
        return url;
    }

    // As a resolver takes it (RFC 1035, section 2.3.4), and with letters that may be in one.
    private static bool HasName(Uri url)
    {
        try
        {
            return url.IdnHost.Length is > 0 and <= 253;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
