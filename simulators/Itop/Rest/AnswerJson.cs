using System.Text.Json;
using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Writes an answer as iTop does: ids and keys as strings, everything but ASCII escaped, slashes too.</summary>
public static class AnswerJson
{
    public static byte[] Of(Answer answer, ItopStore store)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Envelope(json, answer, store);
        return Slashes(buffer);
    }

    private static void Envelope(Utf8JsonWriter json, Answer answer, ItopStore store)
    {
        json.WriteStartObject();
        json.WriteNumber("code", answer.Code);
        json.WriteString("message", answer.Message);
        foreach (var (name, value) in answer.Others ?? new Dictionary<string, object>())
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }
        if (answer.WithObjects)
            Objects(json, answer.Objects, store);
        if (answer.WithRelations)
            Relations(json);
        json.WriteEndObject();
    }

    private static void Objects(Utf8JsonWriter json, IReadOnlyList<Shown>? objects, ItopStore store)
    {
        if (objects is null || objects.Count == 0)
        {
            json.WriteNull("objects");
            return;
        }
        json.WriteStartObject("objects");
        foreach (var shown in objects)
        {
            json.WriteStartObject(shown.Object.Name);
            json.WriteNumber("code", shown.Code);
            json.WriteString("message", shown.Message);
            json.WriteString("class", shown.Object.Class);
            json.WriteString("key", $"{shown.Object.Id}");
            json.WriteStartObject("fields");
            foreach (var code in shown.Codes)
                Field(json, store, shown.Object, code);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Relations(Utf8JsonWriter json)
    {
        json.WriteStartArray("relations");
        json.WriteEndArray();
    }

    private static void Field(Utf8JsonWriter json, ItopStore store, ItopObject of, string code)
    {
        json.WritePropertyName(code);
        if (of.Model.Find(code) is { Kind: "links" } links)
            LinkSet(json, store, of, links);
        else if (of.Model.Find(code) is { Kind: "log" })
            Log(json, of.Log(code), store.LogShownLater);
        else if (of.Model.Find(code) is { Kind: "blob" })
            File(json, of.Values.GetValueOrDefault(code) as Blob ?? new Blob("", "", ""));
        else
            Scalar(json, store.Read(of, code));
    }

    private static void Scalar(Utf8JsonWriter json, object? value)
    {
        if (value is int number)
            json.WriteNumberValue(number);
        else if (value is bool flag)
            json.WriteBooleanValue(flag);
        else
            json.WriteStringValue(value as string);
    }

    private static void Log(Utf8JsonWriter json, LogEntry[] log, TimeSpan later)
    {
        json.WriteStartObject();
        json.WriteStartArray("entries");
        foreach (var entry in log)
        {
            json.WriteStartObject();
            json.WriteString("date", LocalTime.Later(entry.Date, later));
            json.WriteString("user_login", entry.UserLogin);
            json.WritePropertyName("user_id");
            Scalar(json, entry.UserId == "0" ? 0 : entry.UserId);
            json.WriteString("message", entry.Message);
            json.WriteString("message_html", entry.MessageHtml);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void File(Utf8JsonWriter json, Blob file)
    {
        json.WriteStartObject();
        json.WriteString("data", file.Data);
        json.WriteString("mimetype", file.Mimetype);
        json.WriteString("filename", file.Filename);
        json.WriteNumber("downloads_count", 0);
        json.WriteEndObject();
    }

    private static void LinkSet(Utf8JsonWriter json, ItopStore store, ItopObject parent, ItopAttribute links)
    {
        json.WriteStartArray();
        var linked = links.Of is null ? [] : store.All(links.Target!).Where(o => o.Text(links.Of) == $"{parent.Id}");
        var children = linked.OrderBy(store.FriendlyName, StringComparer.OrdinalIgnoreCase).ThenBy(o => o.Id);
        foreach (var child in children)
        {
            json.WriteStartObject();
            foreach (var attribute in child.Model.Attributes)
                if (attribute.Kind != "links" && !IsOfParent(child.Model, attribute, links.Of!))
                    Field(json, store, child, attribute.Code);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The key to the parent and all that is read through it.
    private static bool IsOfParent(ItopClass child, ItopAttribute attribute, string key) =>
        attribute.Code == key || (attribute.Of is { } of && child.Find(of) is { } through && IsOfParent(child, through, key));

    private static byte[] Slashes(MemoryStream json)
    {
        var bytes = json.GetBuffer().AsSpan(0, (int)json.Length);
        var slashes = bytes.Count((byte)'/');
        var escaped = new byte[bytes.Length + slashes];
        var at = 0;
        foreach (var b in bytes)
        {
            if (b == '/')
                escaped[at++] = (byte)'\\';
            escaped[at++] = b;
        }
        return escaped;
    }
}
