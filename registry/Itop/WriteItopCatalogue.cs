using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroupTicketing.Registry;

/// <summary>Writes an <c>itop-catalogue.yaml</c> that reads back as the same catalogue.</summary>
public sealed partial class WriteItopCatalogue
{
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ItopCatalogue catalogue;
    private readonly ILookup<ItopKind, ItopItem> items;
    private readonly StringBuilder text = new();

    private WriteItopCatalogue(ItopCatalogue catalogue) =>
        (this.catalogue, items) = (
            catalogue,
            catalogue.Items.OrderBy(item => item.Path, StringComparer.Ordinal).ToLookup(item => item.Kind)
        );

    /// <param name="notes">A comment line each, at the end: what the file cannot hold.</param>
    public static string Write(ItopCatalogue catalogue, IReadOnlyList<string> notes)
    {
        var writing = new WriteItopCatalogue(catalogue);
        writing.All();
        foreach (var note in notes)
            writing.text.Append("# ").AppendLine(note);
        return writing.text.ToString();
    }

    private void All()
    {
        text.AppendLine($"provider: {Quoted(catalogue.Provider)}").AppendLine($"returnTeam: {Quoted(catalogue.ReturnTeam)}");
        List("organisations", ItopKind.Organisation, item =>
            Flow(item, "name", "parent", "deliveryModel") + (Participates(item) ? ", participates: true" : "")
        );
        List("deliveryModels", ItopKind.DeliveryModel, item =>
            Flow(item, "name", "organisation") + Names("teams", ItopKind.ModelTeam, "deliveryModel", item, "team")
        );
        List("teams", ItopKind.Team, item =>
            Flow(item, "name", "organisation", "email") + Names("members", ItopKind.Member, "team", item, "person")
        );
        List("people", ItopKind.Person, item => Flow(item, "firstName", "name", "organisation", "email"));
        text.AppendLine("briques:");
        foreach (var brique in items[ItopKind.Brique])
            Brique(brique);
        List("contracts", ItopKind.Contract, item =>
            Flow(item, "name", "customer")
            + Provider(item)
            + Names("services", ItopKind.ContractService, "contract", item, "service")
        );
        List("accounts", ItopKind.Account, item => $"{Flow(item, "login", "person")}, role: {RoleOf(item)}");
    }

    private void Brique(ItopItem brique)
    {
        text.AppendLine($"  - name: {Quoted(brique.Says["name"])}").AppendLine("    services:");
        foreach (var service in Below(ItopKind.Service, "brique", brique))
        {
            text.AppendLine($"      - name: {Quoted(service.Says["name"])}");
            if (Provider(service) is { Length: > 0 } provider)
                text.AppendLine($"        {provider[2..]}");
            if (Names("teams", ItopKind.ServiceTeam, "service", service, "team") is { Length: > 0 } teams)
                text.AppendLine($"        {teams[2..]}");
            text.AppendLine("        sousServices:");
            foreach (var sous in Below(ItopKind.SousService, "service", service))
                text.AppendLine($"          - {{ {Flow(sous, "name", "requestType")} }}");
        }
    }

    private void List(string key, ItopKind kind, Func<ItopItem, string> written)
    {
        text.AppendLine($"{key}:");
        foreach (var item in items[kind])
            text.AppendLine($"  - {{ {written(item)} }}");
    }

    private string Provider(ItopItem item) =>
        Words.Same(item.Says.GetValueOrDefault("provider"), catalogue.Provider) ? "" : $", {Flow(item, "provider")}";

    private string Names(string key, ItopKind kind, string near, ItopItem item, string far)
    {
        var names = Below(kind, near, item).Select(one => Quoted(one.Says[far])).ToList();
        return names.Count == 0 ? "" : $", {key}: [{string.Join(", ", names)}]";
    }

    private IEnumerable<ItopItem> Below(ItopKind kind, string key, ItopItem item) =>
        items[kind].Where(one => Words.Same(one.Says.GetValueOrDefault(key), item.Path));

    private bool Participates(ItopItem organisation) => catalogue.Participating.Any(name => Words.Same(name, organisation.Path));

    private string RoleOf(ItopItem account) =>
        ItopRole.From(Below(ItopKind.Grant, "account", account).Select(grant => grant.Says["profile"]))!.Name;

    private static string Flow(ItopItem item, params string[] keys) =>
        string.Join(", ", keys.Where(item.Says.ContainsKey).Select(key => $"{key}: {Quoted(item.Says[key])}"));

    private static string Quoted(string word) =>
        Plain().IsMatch(word) && !Reserved().IsMatch(word) ? word : JsonSerializer.Serialize(word, plain);

    [GeneratedRegex(@"\A\p{L}[\p{L}\p{M}\p{N} _.@'’>/-]*[\p{L}\p{N}.]\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(null|true|false|yes|no|on|off)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
