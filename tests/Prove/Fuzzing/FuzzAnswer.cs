using System.Globalization;
using System.Text.RegularExpressions;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>What came back: 0 where the connection was cut, 599 where nothing came.</summary>
/// <param name="RetryAfter">Whether it says when to come again.</param>
/// <param name="Taken">The ticket that was taken.</param>
sealed partial record FuzzAnswer(int Status, bool RetryAfter, string? Taken)
{
    const string Start = "HTTP/1.1 ";

    public static FuzzAnswer Of(string text)
    {
        var status = text.StartsWith(Start, StringComparison.Ordinal)
            ? int.Parse(text.AsSpan(Start.Length, 3), CultureInfo.InvariantCulture)
            : 0;
        var ticket = status == 202 && Ticket().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        return new FuzzAnswer(status, text.Contains("\r\nRetry-After:", StringComparison.Ordinal), ticket);
    }

    [GeneratedRegex("\"ticket\":\"([0-9a-f]{32})\"")]
    private static partial Regex Ticket();
}
