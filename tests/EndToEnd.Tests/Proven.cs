using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A small form of each proof of ./prove.sh; the whole form is run by hand, and docs/reliability.md quotes it.</summary>
public sealed class Proven(ITestOutputHelper output)
{
    static readonly SmallProofs proofs = new(Proofs.All.Where(proof => proof is { Small: not null, Always: true }));

    public static TheoryData<string> Small => [.. proofs.Names];

    [Theory]
    [MemberData(nameof(Small))]
    public Task Nothing_is_lost_duplicated_disordered_or_unexpected(string name) => proofs.Hold(name, output);
}

/// <summary>Those whose small form takes minutes, too, and with each service alone those that depend on it most.</summary>
[Trait("form", "long")]
public sealed class ProvenAtLength(ITestOutputHelper output)
{
    static readonly string[] apart = ["kills", "brokerloss"];

    static readonly SmallProofs proofs = new(
        Proofs.All.Where(proof =>
            proof.Small is not null
            && (Engines.OfThisRun() is null ? !proof.Always && proof.RunsIn(Mode.Embedded) : apart.Contains(proof.Name))
        )
    );

    public static TheoryData<string> Small => [.. proofs.Names];

    [Theory]
    [MemberData(nameof(Small))]
    public Task Nothing_is_lost_duplicated_disordered_or_unexpected(string name) => proofs.Hold(name, output);
}
