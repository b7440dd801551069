using System.Collections.Immutable;
using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary>A message as it lies in the tool: a note of the support, or something the requester reads.</summary>
public sealed record Message(DateTimeOffset At, string Type, string? Author, string Text, ToldFile? File);

/// <summary>One callback, in the order received.</summary>
public sealed record Told(DateTimeOffset At, string Id, string Type, string Audience, JsonElement Data);

/// <summary>A ticket of the school's tool.</summary>
/// <param name="Notes">What the support sees; the requester never does.</param>
/// <param name="Inbox">What the requester sees.</param>
public sealed record SchoolTicket(
    string Number,
    string Title,
    string Description,
    string? Reference,
    string? Url,
    string? State,
    ImmutableList<Message> Notes,
    ImmutableList<Message> Inbox,
    ImmutableList<Told> Told)
{
    public static SchoolTicket New(string number, string title, string description) =>
        new(number, title, description, null, null, null, [], [], []);

    public SchoolTicket After(CloudEvent callback, DateTimeOffset at)
    {
        var data = callback.Data.Deserialize<ToldData>(Journal.Json)!;
        var audience = data.Audience ?? "support";
        var message = new Message(at, callback.Type, data.Author, Sentence(data), data.File);
        var told = this with
        {
            Reference = data.Reference ?? Reference,
            Url = data.Url ?? Url,
            State = data.State ?? State,
            Told = Told.Add(new Told(at, callback.Id, callback.Type, audience, callback.Data)),
        };
        return audience == "requester"
            ? told with { Inbox = Inbox.Add(message) }
            : told with { Notes = Notes.Add(message) };
    }

    private static string Sentence(ToldData data)
    {
        string?[] parts = [data.Text, data.Reason, data.Solution];
        return string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part)).Distinct());
    }
}
