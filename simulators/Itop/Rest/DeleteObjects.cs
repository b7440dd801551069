using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>core/delete, for administrators; a ticket takes its attachments along.</summary>
public sealed class DeleteObjects(ItopStore store, Faults faults)
{
    private const string Blocked =
        "Some issues have been encountered. See the list of planned changes for more information about the issue(s).";

    public Answer Answer(Call call)
    {
        call.RequireComment();
        var itopClass = call.Class;
        var key = call.Key;
        if (!call.Account.Administrator || !faults.Current.LetsWrite(administrator: true))
            throw Refusal.Rights("deleting", itopClass.Name);
        var plan = new DeletionPlan(store, store.Ordered(Keys.Many(store, call.Account, itopClass, key)), call.Account.Language);
        var prefix = call.Simulate ? "SIMULATING: " : "";
        if (plan.IsBlocked)
            return new Answer(Refusal.Internal, $"{prefix}{Blocked}", plan.Touched);
        if (!call.Simulate)
            Carry(plan, call.Account.Login);
        var others = plan.Touched.Count - plan.Asked;
        var integrity = others > 0 ? $" plus (for DB integrity) {others}" : "";
        return new Answer(0, $"{prefix}Deleted: {plan.Asked}{integrity}", plan.Touched);
    }

    private void Carry(DeletionPlan plan, string login)
    {
        foreach (var reset in plan.Touched.Where(t => t.Code == DeletionPlan.Reset))
        {
            var keys = plan.KeysToReset(reset.Object).ToDictionary(code => code, object? (_) => "0");
            store.Update(reset.Object.Class, reset.Object.Id, keys, new Deed("update", login));
        }
        foreach (var gone in plan.Touched.Where(t => t.Code == 0))
        {
            var files = store
                .All("Attachment")
                .Where(a => a.Text("item_class") == gone.Object.Class && a.Text("item_id") == $"{gone.Object.Id}")
                .ToArray();
            store.Delete(gone.Object, new Deed("delete", login));
            foreach (var file in files)
                store.Delete(file, new Deed("delete", login));
        }
    }
}
