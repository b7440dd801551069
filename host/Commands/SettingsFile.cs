using System.Text.Json;

namespace GroupTicketing.Host.Commands;

/// <summary>
/// <c>appsettings.json</c>, read as the framework reads it, except that all that is wrong is found, and each by its
/// name: the framework stops at a key that is there twice, and takes null for a value.
/// </summary>
sealed class SettingsFile
{
    const string Name = "appsettings.json";

    // As the framework has it.
    static readonly JsonDocumentOptions lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);

    SettingsFile()
    {
    }

    /// <summary>What is set, by key.</summary>
    public Dictionary<string, string?> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with it, whatever a key is for.</summary>
    public List<SettingFault> Faults { get; } = [];

    /// <summary>The keys that are null: whether that is wrong is their owner's to say.</summary>
    public List<string> Nulls { get; } = [];

    /// <summary>The one in the working folder; empty where there is none.</summary>
    public static SettingsFile Here()
    {
        var file = new SettingsFile();
        var path = Path.GetFullPath(Name);
        if (!Path.Exists(path))
            return file;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), lenient);
            if (json.RootElement.ValueKind is JsonValueKind.Object)
                file.Read(json.RootElement, "");
            else
                file.Faults.Add(new("", CommandTexts.Text("SettingsNoObject")));
        }
        catch (JsonException exception)
        {
            var at = (exception.LineNumber + 1 ?? 1, exception.BytePositionInLine + 1 ?? 1);
            file.Faults.Add(new("", CommandTexts.Text("SettingsNoJson", at.Item1, at.Item2)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Faults.Add(new("", CommandTexts.Text("SettingsUnopened")));
        }
        return file;
    }

    void Read(JsonElement element, string key)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Member(member.Value, Under(key, member.Name));
                break;
            case JsonValueKind.Array when element.GetArrayLength() == 0:
                // So that it is a list all the same.
                Values[Under(key, "0")] = "";
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    Read(item, Under(key, $"{index}"));
                break;
            case JsonValueKind.Null:
                Nulls.Add(key);
                break;
            default:
                Values[key] = element.ToString();
                break;
        }
    }

    void Member(JsonElement value, string key)
    {
        if (seen.Add(key))
            Read(value, key);
        else
            Faults.Add(new(key, CommandTexts.Text("SettingTwice", key)));
    }

    static string Under(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
