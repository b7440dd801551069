using System.Text.Json.Nodes;

namespace GroupTicketing.Platform;

/// <summary>The names that release 0.2 gave to what a document holds; a document written by it is read under today's.</summary>
static class FormerNames
{
    const string FormerPortal = "console";
    const string Portal = "portal";

    static readonly string[] byStream = ["heard", "heardBefore", "asked", "streams"];

    /// <summary>Renames what has a former name. What has none, or another release's, stays.</summary>
    public static JsonObject Replace(JsonObject document)
    {
        Rename(document, "spoken", "streams");
        Rename(document, "debtsMade", "callsMade");
        foreach (var member in byStream)
            RenameStreams(document[member] as JsonObject);
        foreach (var stream in Values(document["streams"]))
        {
            Rename(stream, "paid", "confirmed");
            Rename(stream, "said", "messages");
        }
        foreach (var lane in Values(document["lanes"]))
            Rename(lane, "debts", "calls");
        foreach (var waiting in document["waiting"] as JsonArray ?? [])
            Waiting(waiting as JsonObject);
        Waiting(document["quarantine"]?["message"] as JsonObject);
        return document;
    }

    /// <summary>A message that waits, which names its stream.</summary>
    public static JsonObject? Waiting(JsonObject? waiting)
    {
        if ((string?)waiting?["stream"] is { } name)
            waiting["stream"] = Stream(name);
        return waiting;
    }

    /// <summary>A lane's name in the store's index: a stream's, or one of a gap in a stream.</summary>
    public static string Lane(string name) => name.StartsWith(Outbox.MissingLane, StringComparison.Ordinal)
        ? Outbox.MissingLane + Stream(name[Outbox.MissingLane.Length..])
        : Stream(name);

    /// <summary>A stream's name, in which the Portal had another.</summary>
    public static string Stream(string name) =>
        string.Join('-', name.Split('-').Select(service => service == FormerPortal ? Portal : service));

    static void RenameStreams(JsonObject? byStream)
    {
        foreach (var (name, _) in byStream?.ToList() ?? [])
            Rename(byStream!, name, Stream(name));
    }

    static IEnumerable<JsonObject> Values(JsonNode? members) =>
        (members as JsonObject)?.Select(member => member.Value).OfType<JsonObject>().ToList() ?? [];

    static void Rename(JsonObject members, string former, string name)
    {
        if (former != name && members.Remove(former, out var value))
            members[name] = value;
    }
}
