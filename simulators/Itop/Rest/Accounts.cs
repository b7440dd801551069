using System.Collections.Concurrent;
using System.Text;
using GroupTicketing.Simulators.Itop.Store;
using Microsoft.Extensions.Primitives;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Who calls: form fields auth_user and auth_pwd, HTTP Basic, or a token of REST's scope.</summary>
public sealed class Accounts(ItopStore store)
{
    private const string NoProfile =
        "This user is not authorized to use the web services. (The profile REST Services User is required to access the "
        + "REST web services)";

    private readonly ConcurrentDictionary<string, Account> _known = new(StringComparer.Ordinal);

    public bool Check(string login, string password) =>
        User(login) is { } user && user.Text("status") == "enabled" && password.Length > 0 && PasswordOf(user) == password;

    public Account Login(HttpRequest request, IFormCollection? form)
    {
        var token = form is null ? "" : $"{form["auth_token"]}";
        token = token == "" ? $"{request.Headers["Auth-Token"]}" : token;
        if (ByToken(token) is { } bearer)
            return Known(bearer.Text("login"));
        var (login, password) = form is not null && !StringValues.IsNullOrEmpty(form["auth_user"])
            ? ($"{form["auth_user"]}", $"{form["auth_pwd"]}")
            : Basic(request);
        if (!Check(login, password))
            throw new Refusal(Refusal.Unauthorized, "Invalid login", thrown: true);
        return Known(login);
    }

    private ItopObject? ByToken(string token) =>
        token == "" ? null : store.All("User").FirstOrDefault(u => u.Text("token") == token && u.Text("scope") == "REST/JSON");

    private ItopObject? User(string login) =>
        store.All("User").FirstOrDefault(u => u.Text("login") == login) ?? LocalAccounts.Enabled(store, login);

    private Account Known(string login)
    {
        var user = User(login)!;
        LocalAccounts.MayUseRest(store, user);
        var known = Known(login, user.Text("rights"));
        // A profile given to an account counts from the next call on.
        return user.Class == "UserLocal"
            ? known with
            {
                IsConfigurationManager = LocalAccounts.Profiles(store, user).Contains("Configuration Manager"),
            }
            : known;
    }

    private Account Known(string login, string rights) => rights switch
    {
        "console" => throw new Refusal(Refusal.Unauthorized, NoProfile, thrown: true),
        "portal" => throw new Refusal(Refusal.Unauthorized, "Portal user is not allowed", thrown: true),
        _ => _known.GetOrAdd(login, Load),
    };

    private Account Load(string login)
    {
        var user = User(login)!;
        var contact = store.Follow(user, "contactid");
        var name = contact is null ? login : store.FriendlyName(contact);
        return new Account(user.Id, login, $"{contact?.Id ?? 0}", name, IsAdministrator(user), user.Text("language"))
        {
            IsAgent = user.Text("rights") != "rest",
            ReadsHistory = user.Text("history") == "yes",
            IsConfigurationManager = user.Text("rights") == "people",
            Organisations = user.Text("organisations").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
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
