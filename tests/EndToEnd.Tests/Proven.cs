using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A small form of each proof of ./prove.sh; its whole form is run by hand, and docs/reliability.md quotes it.</summary>
public sealed class Proven(ITestOutputHelper output)
{
    public static TheoryData<string> Small => [.. Proofs.All.Where(proof => proof.Small is not null && proof.RunsIn(Mode())).Select(proof => proof.Name)];

    [Theory]
    [MemberData(nameof(Small))]
    public async Task Nothing_is_lost_duplicated_disordered_or_unexpected(string name)
    {
        var (verdict, held) = await Proving.Small(Proofs.All.Single(proof => proof.Name == name), output.WriteLine);

        verdict.Kept.ShouldBeTrue($"{verdict}");
        held.ShouldBeTrue("a bound did not hold");
    }

    static Mode Mode() => Engines.OfThisRun() is null ? Prove.Mode.Embedded : Prove.Mode.Distributed;
}
