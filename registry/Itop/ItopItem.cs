namespace GroupTicketing.Registry;

/// <summary>One thing of iTop's catalogue, all of it by name: ids differ from one iTop to the next.</summary>
/// <param name="Path">Its name, below what it belongs to: <c>Scénari > Gestion des comptes</c>.</param>
/// <param name="Says">What is said of it, by the file's keys; another thing by its path. What is absent is left as it is.</param>
/// <param name="Line">Where the file says it; 0 elsewhere.</param>
public sealed record ItopItem(ItopKind Kind, string Path, IReadOnlyDictionary<string, string> Says, int Line = 0)
{
    /// <summary>What another thing is said by.</summary>
    public static readonly IReadOnlyDictionary<string, ItopKind> Refers = new Dictionary<string, ItopKind>
    {
        ["parent"] = ItopKind.Organisation,
        ["organisation"] = ItopKind.Organisation,
        ["provider"] = ItopKind.Organisation,
        ["customer"] = ItopKind.Organisation,
        ["deliveryModel"] = ItopKind.DeliveryModel,
        ["team"] = ItopKind.Team,
        ["person"] = ItopKind.Person,
        ["brique"] = ItopKind.Brique,
        ["service"] = ItopKind.Service,
        ["contract"] = ItopKind.Contract,
        ["account"] = ItopKind.Account,
        ["profile"] = ItopKind.Profile,
    };

    /// <summary>Equal for equal names, case and accents apart, as iTop's database compares.</summary>
    public (ItopKind Kind, string Path) Key => KeyOf(Kind, Path);

    public static (ItopKind Kind, string Path) KeyOf(ItopKind kind, string path) => (kind, Words.Key(path));

    /// <summary>The thing of that kind that these make; null when what its path is made of is not said.</summary>
    public static ItopItem? From(ItopKind kind, IReadOnlyDictionary<string, string> says, int line = 0)
    {
        var parts = PathOf(kind).Select(part => says.GetValueOrDefault(part)).ToList();
        return parts.Contains(null) ? null : new(kind, string.Join(kind is ItopKind.Person ? " " : " > ", parts), says, line);
    }

    /// <summary>What a path is made of.</summary>
    public static IReadOnlyList<string> PathOf(ItopKind kind) => kind switch
    {
        ItopKind.Person => ["firstName", "name"],
        ItopKind.Member => ["team", "person"],
        ItopKind.ModelTeam => ["deliveryModel", "team"],
        ItopKind.Service => ["brique", "name"],
        ItopKind.ServiceTeam => ["service", "team"],
        ItopKind.SousService => ["service", "name"],
        ItopKind.ContractService => ["contract", "service"],
        ItopKind.Account => ["login"],
        ItopKind.Grant => ["account", "profile"],
        ItopKind.Silo => ["account", "organisation"],
        _ => ["name"],
    };
}
