using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Makes and changes in iTop what a plan says, by need, and deletes nothing: iTop takes an account only once an
/// organisation it may see has its person's below it, so accounts come after all else is as it shall be.
/// Stopped anywhere, the next plan holds what is left.
/// </summary>
public sealed class ApplyCatalogue(ItopClient itop)
{
    const string Comment = "GroupTicketing catalogue";

    readonly Dictionary<(ItopKind Kind, string Path), string> ids = [];

    /// <summary>What is being made or changed; where it stopped, if it did.</summary>
    public ItopItem? At { get; private set; }

    /// <param name="has">What the plan was made against.</param>
    /// <param name="done">Told of each thing done, at once; a new account with its password, which is shown nowhere else.</param>
    /// <exception cref="ItopException">iTop did not do one of them (<see cref="At"/>); those before it are done.</exception>
    public async Task Apply(IReadOnlyList<PlanLine> plan, InItop has, Action<PlanLine, string?> done, CancellationToken ct)
    {
        foreach (var found in has.Found)
            ids[found.Item.Key] = found.Id;
        await Apply([.. plan.Where(line => line.Item.Kind < ItopKind.Account)], done, ct);
        await Apply([.. plan.Where(line => line.Item.Kind >= ItopKind.Account)], done, ct);
        At = null;
    }

    async Task Apply(List<PlanLine> plan, Action<PlanLine, string?> done, CancellationToken ct)
    {
        var made = plan.OfType<PlanLine.Create>().ToList();
        var accounts = made.Where(line => line.Item.Kind == ItopKind.Account).Select(line => line.Item.Path).ToHashSet();
        foreach (var line in made.Where(line => !GoesWith(line.Item, accounts)))
            await Create(line, made, done, ct);
        foreach (
            var late in made.Where(line =>
                ItopClasses.For(line.Item.Kind).Fields.Any(one => one.IsLate && line.Item.Says.ContainsKey(one.Says))
            )
        )
            await Update(late.Item, ItopClasses.For(late.Item.Kind).Fields.Where(one => one.IsLate), ct);
        foreach (var line in plan.OfType<PlanLine.Change>())
        {
            await Update(
                line.Item,
                ItopClasses.For(line.Item.Kind).Fields.Where(one => line.Differs.Any(differs => differs.Key == one.Says)),
                ct
            );
            done(line, null);
        }
    }

    // An account is made with its profiles, as iTop demands, and with its organisations: without any it would see all.
    static bool GoesWith(ItopItem item, HashSet<string> accounts) =>
        item.Kind is ItopKind.Grant or ItopKind.Silo && accounts.Contains(item.Says["account"]);

    async Task Create(PlanLine.Create line, List<PlanLine.Create> made, Action<PlanLine, string?> done, CancellationToken ct)
    {
        At = line.Item;
        var of = ItopClasses.For(line.Item.Kind);
        var fields = Fields(line.Item, of.Fields.Where(one => !one.IsLate));
        foreach (var (attribute, text) in of.Given ?? new Dictionary<string, string>())
            fields.TryAdd(attribute, text);
        var password = line.Item.Kind == ItopKind.Account ? NewPassword.Make() : null;
        if (password is not null)
        {
            fields["password"] = password;
            fields["profile_list"] = Linked(ItopKind.Grant, "profile", "profileid");
            fields["allowed_org_list"] = Linked(ItopKind.Silo, "organisation", "allowed_org_id");
        }
        var created = await itop.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = of.Name,
                ["comment"] = Comment,
                ["fields"] = fields,
                ["output_fields"] = "id",
            },
            ct
        );
        ids[line.Item.Key] = ItopAnswers.Only(created, "created").Key;
        done(line, password);

        JsonArray Linked(ItopKind kind, string says, string attribute) =>
            new([
                .. made.Where(one => one.Item.Kind == kind && one.Item.Says["account"] == line.Item.Path)
                    .Select(one => new JsonObject { [attribute] = Id(ItopItem.Refers[says], one.Item.Says[says]) }),
            ]);
    }

    Task Update(ItopItem item, IEnumerable<ItopField> changed, CancellationToken ct)
    {
        At = item;
        return itop.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = ItopClasses.For(item.Kind).Name,
                ["key"] = ids[item.Key],
                ["comment"] = Comment,
                ["fields"] = Fields(item, changed),
                ["output_fields"] = "id",
            },
            ct);
    }

    JsonObject Fields(ItopItem item, IEnumerable<ItopField> some) =>
        new(
            some.Where(one => item.Says.ContainsKey(one.Says))
                .Select(one =>
                    KeyValuePair.Create<string, JsonNode?>(
                        one.Attribute,
                        one.To is { } to ? Id(to, item.Says[one.Says]) : item.Says[one.Says]
                    )
                )
        );

    string Id(ItopKind kind, string path) => ids[ItopItem.KeyOf(kind, path)];
}
