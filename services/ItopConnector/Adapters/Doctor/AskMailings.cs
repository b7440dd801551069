using System.Text.Json;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which mails iTop sends by itself about requests: its triggers and their e-mail actions, which only
/// administrators may read.</summary>
sealed class AskMailings(TimedItop itop)
{
    const int Most = 500;
    const string Fields = "target_class,action_list,context";

    static readonly (string Trigger, string? Watches)[] triggers =
    [
        ("TriggerOnObjectCreate", null),
        ("TriggerOnObjectUpdate", "target_attcodes"),
        ("TriggerOnStateEnter", "state"),
    ];

    /// <summary>Null: the account may not read them.</summary>
    public async Task<IReadOnlyList<Mailing>?> All(CancellationToken ct)
    {
        try
        {
            var actions = (await itop.Get("ActionEmail", "SELECT ActionEmail", "name,status,to,cc,bcc", Most, ct)).ToDictionary(
                action => action.Key
            );
            var mailings = new List<Mailing>();
            foreach (var (trigger, watches) in triggers)
            {
                var fields = watches is null ? Fields : $"{Fields},{watches}";
                foreach (var found in (await itop.Get(trigger, $"SELECT {trigger}", fields, Most, ct)).Where(IsAboutRequests))
                {
                    var on = watches is null ? trigger : $"{trigger}:{found.Text(watches)}";
                    mailings.AddRange(
                        Actions(found).Where(actions.ContainsKey).Select(id => From(actions[id], on, found.Text("context")))
                    );
                }
            }
            return mailings;
        }
        catch (ItopException exception) when (exception.LacksRight)
        {
            return null;
        }
    }

    static bool IsAboutRequests(ItopObject trigger) => trigger.Text("target_class") is "UserRequest" or "Ticket";

    static IEnumerable<string> Actions(ItopObject trigger) =>
        trigger.Fields.TryGetProperty("action_list", out var links) && links.ValueKind is JsonValueKind.Array
            ? links.EnumerateArray().Select(link => link.GetProperty("action_id").ToString())
            : [];

    static Mailing From(ItopObject action, string on, string? context)
    {
        var to = string.Join('\n', new[] { "to", "cc", "bcc" }.Select(action.Text));
        return new(action.Text("name") ?? action.Key, on, to, action.Text("status") == "enabled", context ?? "");
    }
}
