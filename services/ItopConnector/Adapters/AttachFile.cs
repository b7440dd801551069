using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Puts a file on the group ticket, and brings one from it.</summary>
public sealed class AttachFile(ItopClient itop, ItopNames names, IFiles files, TimeProvider clock)
{
    public async Task<Answer> Call(Attempt attempt, GroupTicket ticket, ItopCall.Attach call, CancellationToken ct)
    {
        if (ticket.IdOf(call.Generation) is not { } id)
            return new Answer.Refused("its group ticket was never opened", Cause: Cause.NotThere);
        var bound = ticket.BoundOf(call.Generation);
        await BoundRequest.Expect(itop, id, bound, ct);
        if (attempt.InDoubt is not null && await Find(id, name => Echo.HasNameOf(call.File, name), ct) is { } before)
            return new Answer.Done(before);
        if (attempt.Unsettled(clock.GetUtcNow()) is { Ticks: > 0 } rest)
            return ItopAnswers.InDoubt("writing it", rest);
        var organisation = bound?.Organisation ?? await names.Organisation(ticket.Asked!.Organisation, ct);
        var fields = Fields(id, organisation, Echo.NameOf(call.File), call.File.Type, ItopForm.FileHere);
        var key = ticket.Asked!.Heading.TicketId.ToString("N");
        try
        {
            return new Answer.Done(
                await Create(
                    fields,
                    async token => await files.Open(key, call.File.Sha256, token) ?? throw new FileNotFoundException(),
                    ct
                )
            );
        }
        catch (FileNotFoundException)
        {
            return new Answer.Refused("the file's bytes are no longer kept", Cause: Cause.NotThere);
        }
    }

    /// <summary>A text of ours beside the ticket, once.</summary>
    /// <param name="unsettled">How long iTop may still be writing it.</param>
    /// <returns>iTop's id of it.</returns>
    /// <exception cref="ItopException">It is not there, and may still come.</exception>
    public async Task<string> Text(
        string id,
        string organisation,
        (string Name, string Text) file,
        TimeSpan unsettled,
        CancellationToken ct
    )
    {
        if (await Find(id, name => name == file.Name, ct) is { } before)
            return before;
        if (unsettled > TimeSpan.Zero)
            throw new ItopException(ItopFault.Busy, ItopAnswers.InDoubt("writing it", unsettled));
        var bytes = Encoding.UTF8.GetBytes(file.Text);
        return await Create(Fields(id, await names.Organisation(organisation, ct), file.Name, "text/plain", bytes), null, ct);
    }

    /// <summary>The query for a request's files.</summary>
    public static string On(string id) => $"SELECT Attachment WHERE item_class = 'UserRequest' AND item_id = {id}";

    /// <summary>A small file as iTop takes it.</summary>
    public static JsonObject Fields(string id, string organisationId, string name, string type, byte[] bytes) =>
        Fields(id, organisationId, name, type, Convert.ToBase64String(bytes));

    static JsonObject Fields(string id, string organisationId, string name, string type, string base64) => new()
    {
        ["item_class"] = "UserRequest",
        ["item_id"] = id,
        ["item_org_id"] = organisationId,
        ["contents"] = new JsonObject { ["data"] = base64, ["filename"] = name, ["mimetype"] = type },
    };

    async Task<string> Create(JsonObject fields, Func<CancellationToken, Task<Stream>>? file, CancellationToken ct)
    {
        var created = await itop.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = "Attachment",
                ["comment"] = WriteToGroupTicket.Comment,
                ["fields"] = fields,
                ["output_fields"] = "id",
            },
            ct,
            file);
        return ItopAnswers.Only(created, "attached").Key;
    }

    public async Task<Answer> Fetch(GroupTicket ticket, ItopCall.Fetch call, CancellationToken ct)
    {
        // A link that was bound to another request meanwhile, or opened anew, has nothing to do with what stands on the
        // one before.
        if ((call.ItopId ?? ticket.ItopId) is not { } id || !ticket.Has(id))
            return new Answer.Done();
        await BoundRequest.Expect(itop, id, ticket.BoundOf(id), ct);
        if (await Contents(id, call.AttachmentId, ct) is not { } contents || !contents.TryGetProperty("data", out var data))
            return new Answer.Refused("the file is no longer in iTop", Cause: Cause.NotThere);
        byte[]? bytes = [];
        if (data.ValueKind is JsonValueKind.String && !data.TryGetBytesFromBase64(out bytes))
            return new Answer.Refused("the file's bytes in iTop cannot be read: put it there once more", Cause: Cause.Unreadable);
        if (bytes.Length > IFiles.MostBytes)
            return ItopAnswers.From(ItopFault.AnswerTooBig);
        var hash = await files.Put(ticket.Asked!.Heading.TicketId.ToString("N"), bytes, ct);
        return new Answer.Done(
            FileClaim.FromOutside(
                hash,
                bytes.Length,
                Text(contents, "filename"),
                Text(contents, "mimetype")
            )
        );
    }

    /// <summary>The attachment of that name. iTop lists names only with their bytes, so this is asked only in doubt, of
    /// one after the other: all at once may be more than one answer holds.</summary>
    async Task<string?> Find(string id, Func<string?, bool> hasName, CancellationToken ct)
    {
        var found = await itop.Get("Attachment", On(id), "id", ct);
        // Ours came last.
        foreach (var one in found.Select(one => one.Key).OrderByDescending(long.Parse))
        {
            if (hasName(await NameIn(id, one, ct)))
                return one;
        }
        return null;
    }

    async Task<string?> NameIn(string id, string attachment, CancellationToken ct)
    {
        try
        {
            return await Contents(id, attachment, ct) is { } contents ? Text(contents, "filename") : null;
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.AnswerTooBig)
        {
            // Larger than any of ours.
            return null;
        }
    }

    static string? Text(JsonElement contents, string name) =>
        contents.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    async Task<JsonElement?> Contents(string id, string attachment, CancellationToken ct) =>
        await itop.Get("Attachment", $"{On(id)} AND id = {attachment}", "id,contents", ct) is [var one]
        && one.Fields.TryGetProperty("contents", out var contents)
        && contents.ValueKind is JsonValueKind.Object
            ? contents
            : null;
}
