using System.Globalization;
using System.Text.Json;
using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Turns the <c>fields</c> of a call into values to store. Errors name the attribute, as iTop's do.</summary>
public sealed class FieldValues(ItopStore store, LocalTime clock)
{
    private static readonly string[] Computed = ["priority", "operational_status"];

    public Dictionary<string, object?> Parse(ItopClass itopClass, JsonElement fields, ItopObject? loaded, Account account)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (fields.ValueKind != JsonValueKind.Object)
            return values;
        foreach (var field in fields.EnumerateObject())
        {
            var attribute = itopClass.Find(field.Name) ?? throw Refusal.Error($"{field.Name}: Unknown attribute");
            if (attribute.Kind is "links" or "final" || (itopClass.Name == "UserRequest" && Computed.Contains(field.Name)))
                continue;
            if (attribute.ReadOnly)
                throw Refusal.Error(
                    $"{field.Name}: Attempting to set the value on the read-only attribute {itopClass.Name}::{field.Name}"
                );
            values[field.Name] = ValueOf(attribute, field.Value, loaded, account);
        }
        return values;
    }

    /// <summary>The id an external key gets: "0" for none.</summary>
    public static string KeyOf(ItopStore store, Account account, ItopAttribute attribute, JsonElement value)
    {
        if (
            Keys.AsId(value) is 0
            || value.ValueKind == JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.String && value.GetString() == "")
        )
            return "0";
        if (DataModel.Find(attribute.Target) is not { } target)
            throw Refusal.Error($"Invalid object {attribute.Target}::{value}");
        return $"{Keys.One(store, account, target, value).Id}";
    }

    private object? ValueOf(ItopAttribute attribute, JsonElement value, ItopObject? loaded, Account account)
    {
        try
        {
            return attribute.Kind switch
            {
                "key" => KeyOf(store, account, attribute, value),
                "log" => new CaseLog(store, clock, account).Changed(loaded?.Log(attribute.Code) ?? [], value),
                "blob" => BlobOf(value),
                "html" => RichText.Html(TextOf(value)),
                "date" => DateOf(attribute, TextOf(value)),
                "enum" => value.ValueKind == JsonValueKind.Null || TextOf(value) == "" ? null : TextOf(value),
                "integer" => $"{Keys.AsId(value) ?? 0}",
                _ => TextOf(value),
            };
        }
        catch (Refusal refusal) when (refusal.Thrown)
        {
            throw new Refusal(refusal.Code, $"{attribute.Code}: {refusal.Message}", thrown: true);
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => throw new PhpFailure(),
        JsonValueKind.True => "1",
        JsonValueKind.False or JsonValueKind.Null => "",
        _ => value.ToString(),
    };

    private static string DateOf(ItopAttribute attribute, string text)
    {
        if (
            text == ""
            || DateTime.TryParseExact(text, LocalTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        )
            return text;
        throw Refusal.Error($"Wrong format for date attribute {attribute.Code}, expecting \"Y-m-d H:i:s\" and got \"{text}\"");
    }

    private static Blob BlobOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return new Blob("", "", "");
        string? Member(string name) => value.TryGetProperty(name, out var member) ? member.ToString() : null;
        return new Blob(Base64.Lenient(Member("data") ?? ""), Member("mimetype"), Member("filename") ?? "");
    }
}
