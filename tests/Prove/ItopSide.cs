using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroupTicketing.Prove;

/// <summary>What iTop's ledger says our account did, by school ticket.</summary>
public sealed partial class ItopSide
{
    /// <summary>From every line of it.</summary>
    /// <param name="account">Ours.</param>
    public ItopSide(IReadOnlyList<JsonElement> lines, string account)
    {
        var requests = lines.Where(line => Text(line, "class") == "UserRequest").ToList();
        var ours = requests.Where(line => Text(line, "login") == account).ToList();
        var created = ours.Where(line => Text(line, "op") == "create").ToList();
        WithoutKey = created.Count(line => Ledgers.KeyOf(line) is null);
        var keyed = created.Where(line => Ledgers.KeyOf(line) is not null).ToList();
        Created = keyed
            .GroupBy(line => Ledgers.KeyOf(line)!.Value)
            .ToDictionary(same => same.Key, same => (IReadOnlyList<string>)[.. same.Select(line => Text(line, "id"))]);
        References = keyed
            .DistinctBy(line => Ledgers.KeyOf(line)!.Value)
            .ToDictionary(line => Ledgers.KeyOf(line)!.Value, line => Text(line, "ref"));
        Entries = ours.Where(line => Comment().IsMatch(Text(line, "entry")) && Ledgers.KeyOf(line) is not null)
            .ToLookup(line => Ledgers.KeyOf(line)!.Value, NumberOf);
        Assigned = requests
            .Where(line => Text(line, "login") != account && Text(line, "stimulus") == "ev_assign")
            .Select(line => Text(line, "id"))
            .ToHashSet();
    }

    /// <summary>The ids created for each school ticket.</summary>
    public IReadOnlyDictionary<(string School, string Number), IReadOnlyList<string>> Created { get; }

    /// <summary>The first one's reference.</summary>
    public IReadOnlyDictionary<(string School, string Number), string> References { get; }

    /// <summary>The numbers of the school's comments, in the order of the log.</summary>
    public ILookup<(string School, string Number), int> Entries { get; }

    /// <summary>The ids an intervenant has taken.</summary>
    public IReadOnlySet<string> Assigned { get; }

    /// <summary>How many our account created without a key.</summary>
    public int WithoutKey { get; }

    static string Text(JsonElement line, string name) => line.GetProperty(name).GetString() ?? "";

    static int NumberOf(JsonElement line) =>
        int.Parse(Comment().Match(Text(line, "entry")).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\nCommentaire (\d+)\n")]
    private static partial Regex Comment();
}
