using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Accounts made by REST (UserLocal) and the profiles every iTop has. The accounts of a seed are of another
/// class and need no profile.</summary>
public static class LocalAccounts
{
    private const string RestProfile = "REST Services User";
    private const string WeakPassword =
        "Le mot de passe doit contenir au moins 8 caractères, avec minuscule, majuscule, nombre et caractère spécial.";
    private const string NoProfile = "L'utilisateur doit avoir au moins un profil.";

    private const string NotAllowed = "Les organisations permises doivent contenir l'organisation de l'utilisateur";
    private const int MostAbove = 20;

    private static readonly string[] Standard =
    [
        "Administrator",
        "Portal user",
        "Configuration Manager",
        "Service Desk Agent",
        "Support Agent",
        "Problem Manager",
        "Change Implementor",
        "Change Supervisor",
        "Change Approver",
        "Service Manager",
        "Document author",
        "Portal power user",
        RestProfile,
    ];

    public static void MakeProfiles(ItopStore store)
    {
        if (store.All("URP_Profiles").Any())
            return;
        foreach (var name in Standard)
            store.Create("URP_Profiles", new Dictionary<string, object?> { ["name"] = name }, null);
    }

    public static ItopObject? Enabled(ItopStore store, string login) =>
        store.All("UserLocal").FirstOrDefault(u => u.Text("login") == login && u.Text("status") == "enabled");

    public static IReadOnlyCollection<string> Profiles(ItopStore store, ItopObject user) =>
        [
            .. store
                .All("URP_UserProfile")
                .Where(p => p.Text("userid") == $"{user.Id}")
                .Select(p => store.Read(p, "profile") as string ?? ""),
        ];

    public static void MayUseRest(ItopStore store, ItopObject user)
    {
        if (user.Class != "UserLocal")
            return;
        var profiles = Profiles(store, user);
        if (profiles.Contains("Portal user"))
            throw new Refusal(Refusal.Unauthorized, "Portal user is not allowed", thrown: true);
        if (!profiles.Contains(RestProfile))
            throw new Refusal(
                Refusal.Unauthorized,
                "This user is not authorized to use the web services. (The profile REST Services User is required to "
                + "access the REST web services)",
                thrown: true
            );
    }

    /// <summary>What iTop demands of a new account: a strong password, a profile, and a login of its own.</summary>
    public static void Check(ItopStore store, IReadOnlyDictionary<string, object?> values, JsonElement fields)
    {
        var password = values.GetValueOrDefault("password") as string ?? "";
        if (
            password.Length < 8
            || !password.Any(char.IsLower)
            || !password.Any(char.IsUpper)
            || !password.Any(char.IsDigit)
            || password.All(char.IsLetterOrDigit)
        )
            throw Issue(WeakPassword);
        if (
            !fields.TryGetProperty("profile_list", out var profiles)
            || profiles.ValueKind != JsonValueKind.Array
            || profiles.GetArrayLength() == 0
        )
            throw Issue(NoProfile);
        var login = values.GetValueOrDefault("login") as string;
        if (store.All("UserLocal").Concat(store.All("User")).Any(u => u.Text("login") == login))
            throw Issue($"Le login \"{login}\" est déjà utilisé.");
        var allowed = fields.TryGetProperty("allowed_org_list", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(one => one.TryGetProperty("allowed_org_id", out var id) ? id.ToString() : "").ToArray()
            : [];
        CheckSight(store, values.GetValueOrDefault("contactid") as string, allowed);
    }

    /// <summary>An account that sees some organisations only sees its own person's, or one above that.</summary>
    public static void CheckSight(ItopStore store, ItopObject changed) =>
        CheckSight(
            store,
            changed.Text("contactid"),
            [
                .. store
                    .All("URP_UserOrg")
                    .Where(one => one.Text("userid") == $"{changed.Id}")
                    .Select(one => one.Text("allowed_org_id")),
            ]
        );

    private static void CheckSight(ItopStore store, string? contact, string[] allowed)
    {
        if (allowed.Length == 0 || !int.TryParse(contact, out var id) || store.Find("Person", id) is not { } person)
            return;
        var above = store.Follow(person, "org_id");
        for (var steps = 0; above is not null && steps < MostAbove; steps++)
        {
            if (allowed.Contains($"{above.Id}"))
                return;
            above = store.Follow(above, "parent_id");
        }
        throw Issue(NotAllowed);
    }

    private static Refusal Issue(string issue) => Refusal.Error($"{issue}: issues = {{0=>{issue}}}, class = UserLocal, id = -1");
}
