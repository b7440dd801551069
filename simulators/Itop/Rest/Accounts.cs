using System.Collections.Concurrent;
using System.Text;
using GroupTicketing.Simulators.Itop.Store;
using Microsoft.Extensions.Primitives;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <param name="Name">The friendly name of the account's contact: what iTop signs log entries with.</param>
/// <param name="Administrator">Administrators may write every class, delete, and write a log entry in another's name.</param>
public sealed record Account(int Id, string Login, string ContactId, string Name, bool Administrator)
{
    private static readonly string[] AgentWrites = ["UserRequest", "Attachment"];

    private static readonly string[] OnlyAdministratorsRead =
    [
        "User", "UserLocal", "URP_Profiles", "URP_UserProfile", "URP_UserOrg", "CMDBChangeOp", "ModuleInstallation",
        "TriggerOnObjectCreate", "TriggerOnObjectUpdate", "TriggerOnStateEnter", "ActionEmail", "lnkTriggerAction",
    ];

    public void MayRead(string itopClass)
    {
        if (!Administrator && OnlyAdministratorsRead.Contains(itopClass))
            throw Refusal.Rights("reading", itopClass);
    }

    public void MayWrite(string verb, string itopClass)
    {
        if (!Administrator && !AgentWrites.Contains(itopClass))
            throw Refusal.Rights(verb, itopClass);
    }
}

/// <summary>Who calls: form fields auth_user and auth_pwd, or HTTP Basic.</summary>
public sealed class Accounts(ItopStore store)
{
    private readonly ConcurrentDictionary<string, Account> _known = new(StringComparer.Ordinal);

    public bool Check(string login, string password) => User(login) is { } user && password.Length > 0 && PasswordOf(user) == password;

    public Account Login(HttpRequest request, IFormCollection? form)
    {
        var (login, password) = form is not null && !StringValues.IsNullOrEmpty(form["auth_user"])
            ? ($"{form["auth_user"]}", $"{form["auth_pwd"]}")
            : Basic(request);
        if (!Check(login, password))
            throw new Refusal(Refusal.Unauthorized, "Invalid login", thrown: true);
        LocalAccounts.MayUseRest(store, User(login)!);
        return _known.GetOrAdd(login, Load);
    }

    private ItopObject? User(string login) =>
        store.All("User").FirstOrDefault(u => u.Text("login") == login) ?? LocalAccounts.Enabled(store, login);

    private Account Load(string login)
    {
        var user = User(login)!;
        var contact = store.Follow(user, "contactid");
        var name = contact is null ? login : store.FriendlyName(contact);
        return new Account(user.Id, login, $"{contact?.Id ?? 0}", name, IsAdministrator(user));
    }

    private bool IsAdministrator(ItopObject user) => user.Class == "UserLocal"
        ? LocalAccounts.Profiles(store, user).Contains("Administrator")
        : user.Text("administrator") == "yes";

    private static string? PasswordOf(ItopObject user) => user.Values.GetValueOrDefault("password") as string;

    private static (string Login, string Password) Basic(HttpRequest request)
    {
        var header = $"{request.Headers.Authorization}";
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return ("", "");
        var decoded = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..], decoded, out var length))
            return ("", "");
        // iTop splits on every colon and keeps the second part: a password with a colon fails by Basic.
        var parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':');
        return parts.Length > 1 ? (parts[0], parts[1]) : ("", "");
    }
}
