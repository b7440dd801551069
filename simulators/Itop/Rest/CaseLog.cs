using System.Globalization;
using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What a call does to a public or private log: a text or <c>add_item</c> adds, <c>items</c> replaces the
/// whole log.</summary>
public sealed class CaseLog(ItopStore store, LocalTime clock, Account account)
{
    public LogEntry[] Changed(LogEntry[] log, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() is { Length: > 0 } text ? [.. log, Html(text, clock.Now)] : log;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("add_item", out var item))
            return [.. log, Entry(item)];
        if (
            value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("items", out var items)
            && items.ValueKind == JsonValueKind.Array
        )
            return [.. items.EnumerateArray().Select(Entry)];
        throw Refusal.Error("Missing 'items' elements");
    }

    private LogEntry Entry(JsonElement item)
    {
        if (!item.TryGetProperty("message", out var message))
            throw Refusal.Error("Missing mandatory entry: 'message'");
        if (item.TryGetProperty("user_id", out _) && !account.Administrator)
            throw new Refusal(Refusal.Unauthorized, "Only administrators can set the user id", thrown: true);
        var date = item.TryGetProperty("date", out var given) ? DateOf(given.ToString()) : clock.Now;
        var isText = item.TryGetProperty("format", out var format) && format.ToString() == "text";
        var entry = isText ? Plain(message.ToString(), date) : Html(message.ToString(), date);
        return Signed(entry, item);
    }

    private LogEntry Plain(string text, string date) =>
        new(date, account.Name, $"{account.Id}", text, RichText.FromPlainText(text));

    private LogEntry Html(string text, string date)
    {
        var html = RichText.Html(text);
        return new LogEntry(date, account.Name, $"{account.Id}", RichText.ToText(html), html);
    }

    // Another account signs with its own name; an account that is none, with the name given.
    private LogEntry Signed(LogEntry entry, JsonElement item)
    {
        if (!item.TryGetProperty("user_id", out var given))
            return entry;
        var id = Keys.AsId(given) ?? 0;
        var contact = store.Find("User", id) is { } user ? store.Follow(user, "contactid") : null;
        var login = item.TryGetProperty("user_login", out var named) ? named.ToString() : entry.UserLogin;
        return entry with { UserId = $"{id}", UserLogin = contact is null ? login : store.FriendlyName(contact) };
    }

    private static string DateOf(string text)
    {
        if (DateTime.TryParseExact(text, LocalTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return text;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return LocalTime.Write(instant);
        var where = $"({text}) at position 0 ({text.FirstOrDefault()})";
        throw Refusal.Error($"Failed to parse time string {where}: The timezone could not be found in the database");
    }
}
