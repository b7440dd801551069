using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Puts a file on the group ticket, and brings one from it.</summary>
public sealed class AttachFile(ItopClient itop, ItopNames names, IFiles files)
{
    public async Task<Answer> Pay(Attempt attempt, GroupTicket ticket, ItopCall.Attach call, CancellationToken ct)
    {
        if (ticket.IdOf(call.Generation) is not { } id)
            return new Answer.Refused("its group ticket was never opened");
        var key = ticket.Asked!.Heading.TicketId.ToString("N");
        if (await files.Get(key, call.File.Sha256, ct) is not { } bytes)
            return new Answer.Refused("the file's bytes are no longer kept");
        var name = $"{call.File.Sha256[..6]}-{call.File.Name}";
        if (attempt.InDoubt is not null && await Find(id, name, ct) is { } before)
            return new Answer.Done(before);
        return new Answer.Done(await Create(id, ticket.Asked.Organisation, name, call.File.Type, bytes, ct));
    }

    /// <summary>A text of ours beside the ticket, once.</summary>
    /// <returns>iTop's id of it.</returns>
    public async Task<string> Text(string id, string organisation, string name, string text, CancellationToken ct) =>
        await Find(id, name, ct) ?? await Create(id, organisation, name, "text/plain", Encoding.UTF8.GetBytes(text), ct);

    /// <summary>The query for a request's files.</summary>
    public static string On(string id) => $"SELECT Attachment WHERE item_class = 'UserRequest' AND item_id = {id}";

    /// <summary>A file as iTop takes it.</summary>
    public static JsonObject Fields(string id, string organisationId, string name, string type, byte[] bytes) => new()
    {
        ["item_class"] = "UserRequest",
        ["item_id"] = id,
        ["item_org_id"] = organisationId,
        ["contents"] = new JsonObject { ["data"] = Convert.ToBase64String(bytes), ["filename"] = name, ["mimetype"] = type },
    };

    async Task<string> Create(string id, string organisation, string name, string type, byte[] bytes, CancellationToken ct)
    {
        var created = await itop.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = "Attachment",
                ["comment"] = WriteToGroupTicket.Comment,
                ["fields"] = Fields(id, await names.Organisation(organisation, ct), name, type, bytes),
                ["output_fields"] = "id",
            },
            ct);
        return ItopAnswers.Only(created, "attached").Key;
    }

    public async Task<Answer> Fetch(GroupTicket ticket, ItopCall.Fetch call, CancellationToken ct)
    {
        var found = await itop.Get("Attachment", $"SELECT Attachment WHERE id = {call.AttachmentId}", "id,contents", ct);
        if (found.Count != 1 || !found[0].Fields.TryGetProperty("contents", out var contents) || !contents.TryGetProperty("data", out var data))
            return new Answer.Refused("the file is no longer in iTop");
        var bytes = Convert.FromBase64String(data.GetString() ?? "");
        var hash = await files.Put(ticket.Asked!.Heading.TicketId.ToString("N"), bytes, ct);
        var name = Path.GetFileName((contents.GetProperty("filename").GetString() ?? "fichier").Replace('\\', '/'));
        return new Answer.Done(new FileClaim(hash, bytes.Length, name, contents.GetProperty("mimetype").GetString() ?? "application/octet-stream"));
    }

    /// <summary>The attachment of that name. iTop lists names only with their bytes, so this is asked only in doubt.</summary>
    async Task<string?> Find(string id, string name, CancellationToken ct)
    {
        var found = await itop.Get("Attachment", On(id), "id,contents", ct);
        return found.FirstOrDefault(one => one.Fields.GetProperty("contents").GetProperty("filename").GetString() == name)?.Key;
    }
}
