using System.Text.Json;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What became of tickets 1 to n, by the ledgers of iTop and of the school.</summary>
/// <param name="Lost">Never created in iTop.</param>
/// <param name="Duplicated">Created more than once.</param>
/// <param name="Disordered">Whose comments do not stand in iTop once each, in the order the school wrote them.</param>
/// <param name="Untold">Whose school was not told its reference under exactly one id.</param>
public sealed record Verdict(int Lost, int Duplicated, int Disordered, int Untold)
{
    public static readonly Verdict Kept = new(0, 0, 0, 0);

    /// <param name="comments">How many comments each ticket has.</param>
    public static Verdict Of(Machines machines, int tickets, int comments)
    {
        var numbers = Enumerable.Range(1, tickets).Select(number => $"{number}").ToList();
        var itop = Ledgers.Itop(machines);
        var created = itop.Where(line => Op(line, "create") && Ledgers.NumberOf(line) is not null).GroupBy(line => Ledgers.NumberOf(line)!).ToDictionary(group => group.Key, group => group.Count());
        var entries = itop.Where(line => line.GetProperty("entry").GetString() is not null).ToLookup(Ledgers.NumberOf, line => line.GetProperty("entry").GetString()!);
        var told = Ledgers.School(machines).Where(line => line.GetProperty("dir").GetString() == "told").ToLookup(line => line.GetProperty("ticket").GetString());
        return new(
            numbers.Count(number => !created.ContainsKey(number)),
            created.Values.Count(count => count > 1),
            numbers.Count(number => !InOrder([.. entries[number]], comments)),
            numbers.Count(number => Referenced(told[number]) != 1));
    }

    static bool Op(JsonElement line, string op) => line.GetProperty("op").GetString() == op && line.GetProperty("class").GetString() == "UserRequest";

    static bool InOrder(IReadOnlyList<string> entries, int comments) =>
        entries.Count == comments && entries.Index().All(entry => entry.Item.Contains($"Commentaire {entry.Index + 1}\n"));

    static int Referenced(IEnumerable<JsonElement> told) => told
        .Where(line => line.GetProperty("type").GetString() == "group.referenced" && line.GetProperty("status").GetInt32() is >= 200 and < 300)
        .Select(line => line.GetProperty("id").GetString())
        .Distinct()
        .Count();
}
