using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>core/delete, for administrators; a ticket takes its attachments along.</summary>
public sealed class DeleteObjects(ItopStore store)
{
    private static readonly string[] Codes = ["id", "friendlyname"];

    public Answer Answer(Call call)
    {
        call.RequireComment();
        var itopClass = call.Class;
        var key = call.Key;
        if (!call.Account.Administrator)
            throw Refusal.Rights("deleting", itopClass.Name);
        var gone = Keys.Many(store, itopClass, key).ToArray();
        if (call.Simulate)
            return new Answer(0, $"SIMULATING: Deleted: {gone.Length}", [.. gone.Select(o => new Shown(o, "", Codes))]);
        foreach (var item in gone)
        {
            store.Delete(item, new Deed("delete", call.Account.Login));
            var files = store.All("Attachment").Where(a => a.Text("item_class") == item.Class && a.Text("item_id") == $"{item.Id}");
            foreach (var file in files)
                store.Delete(file, new Deed("delete", call.Account.Login));
        }
        return new Answer(0, $"Deleted: {gone.Length}", [.. gone.Select(o => new Shown(o, "", Codes))]);
    }
}
