using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What a parent request does to its children: a log entry is copied to each, a resolution resolves each.</summary>
public sealed class ParentCopies(ItopStore store, LocalTime clock)
{
    /// <param name="saved">Told of each child whose log was written, with what changed.</param>
    public void Pass(
        ItopObject before,
        ItopObject parent,
        IReadOnlyDictionary<string, object?> changes,
        Account account,
        Action<ItopObject, IReadOnlyDictionary<string, object?>> saved
    )
    {
        if (parent.Class != "UserRequest")
            return;
        var children = store.All("UserRequest").Where(o => o.Text("parent_request_id") == $"{parent.Id}").ToArray();
        foreach (var child in children)
        {
            foreach (var log in new[] { "public_log", "private_log" })
                if (changes.ContainsKey(log) && parent.Log(log).Length > before.Log(log).Length)
                    saved(child, CopyEntry(child, log, parent.Log(log)[^1], account));
            if (changes.GetValueOrDefault("status") is "resolved" && child.Text("status") is not ("resolved" or "closed"))
                Resolve(child, parent, account);
        }
    }

    private Dictionary<string, object?> CopyEntry(ItopObject child, string log, LogEntry entry, Account account)
    {
        var changes = new Dictionary<string, object?>
        {
            [log] = child.Log(log).Append(entry).ToArray(),
            ["last_update"] = clock.Now,
        };
        store.Update(
            child.Class,
            child.Id,
            changes,
            new Deed("update", account.Login, null, log == "public_log" ? entry.Message : null)
        );
        return changes;
    }

    private void Resolve(ItopObject child, ItopObject parent, Account account)
    {
        var changes = Lifecycle.Effects(child, "resolved", clock.Now);
        foreach (var code in new[] { "team_id", "agent_id", "resolution_code" })
            changes[code] = parent.Text(code);
        changes["solution"] = $"<p>Résolu via [[UserRequest:{parent.Id}|{parent.Text("ref")}]]</p>";
        changes["last_update"] = clock.Now;
        store.Update(child.Class, child.Id, changes, new Deed("stimulus", account.Login, "ev_autoresolve"));
    }
}
