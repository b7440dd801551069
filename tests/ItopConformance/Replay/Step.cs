using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>One line of the recordings: a call recorded on iTop 3.2.0 community with its answer, or what sets the stage
/// for the next ones.</summary>
/// <param name="N">The recording's number; 0 for what was not recorded.</param>
/// <param name="Name">What was tried, or what is set up.</param>
public sealed record Step(int N, string Name, JsonObject Line)
{
    public bool IsRecorded => N > 0;

    /// <summary>The simulator starts anew with this seed.</summary>
    public string? Seed => Text("seed");

    /// <summary>The simulator started anew has our optional module.</summary>
    public bool HasModule => (bool?)Line["module"] ?? false;

    /// <summary>iTop's local time when it answered.</summary>
    public string? At => Text("at");

    /// <summary>form (default), basic, token, tokenForm or none.</summary>
    public string Auth => Text("auth") ?? "form";

    /// <summary>The account, or the token.</summary>
    public string? As => Text("as");

    public string Method => Text("method") ?? "POST";

    public string Path => Text("path") ?? "/webservices/rest.php";

    public int Status => (int?)Line["status"] ?? 200;

    public bool HasBody => Line.ContainsKey("body");

    public string Title => $"{N:D3} {Name}";

    /// <summary>Null: the account's own; a null in the recording: none is sent.</summary>
    public bool SaysPassword => Line.ContainsKey("password");

    /// <summary>What is posted as json_data; null: nothing.</summary>
    public string? Data => Line["json"]?.ToJsonString() ?? Text("text");

    public string? Text(string member) => Line[member]?.ToString();

    public static Step Read(string line)
    {
        var read = Repeats.Expand(JsonNode.Parse(line))!.AsObject();
        return new Step((int?)read["n"] ?? 0, $"{read["name"] ?? read["setup"]}", read);
    }

    public static IEnumerable<Step> All() =>
        Directory.GetFiles(Recorded.Folder, "*.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(Read);
}
