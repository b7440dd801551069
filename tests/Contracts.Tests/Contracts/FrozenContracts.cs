using System.Reflection;
using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>A message's identity on the bus holds its namespace, and stored messages are read by later releases: so the
/// contracts are frozen as text.</summary>
public class FrozenContracts
{
    const string Verified = "contracts/contracts.verified.txt";
    const string Received = "contracts/contracts.received.txt";

    static readonly Assembly contracts = typeof(Fact).Assembly;

    [Fact]
    public void The_contracts_say_what_was_verified()
    {
        var now = ContractText.Of(contracts);
        var before = File.Exists(Tree.Path(Verified)) ? File.ReadAllText(Tree.Path(Verified)) : "";
        if (now == before)
        {
            File.Delete(Tree.Path(Received));
            return;
        }
        File.WriteAllText(Tree.Path(Received), now);
        Assert.Fail(
            $"""
            The contracts changed. Only additive change is allowed: a new type, a new optional member at the end,
            a new enum member (said in the next release only), a new row.
            A breaking change is a new name, both spoken for one release; moving a record to another namespace is breaking too.
            {Difference(before, now)}
            If it is additive, accept it: mv {Received} {Verified}
            """
        );
    }

    [Fact]
    public void The_text_names_every_public_type_in_full()
    {
        var text = ContractText.Of(contracts);

        foreach (var type in contracts.GetExportedTypes())
            text.ShouldContain($" {type.FullName}");
    }

    [Fact]
    public void The_text_shows_types_nullability_and_defaults()
    {
        var text = ContractText.Of(contracts);

        text.ShouldContain("  String? SourceId = null\n");
        text.ShouldContain("  Int32 Urgency = 4\n");
        text.ShouldContain("  IReadOnlyList<FileClaim>? Files = null\n");
        text.ShouldContain("  Withdraw = 5\n");
        text.ShouldContain("  String Title\n");
    }

    static string Difference(string before, string now)
    {
        var (old, fresh) = (before.Split('\n'), now.Split('\n'));
        var gone = old.Except(fresh).Select(line => "- " + line);
        return string.Join('\n', gone.Concat(fresh.Except(old).Select(line => "+ " + line)).Take(40));
    }
}
