using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.School;

namespace GroupTicketing.Simulators.Tests.School;

public sealed class SignatureTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1764000000);

    private readonly Signature _signature = new(RunningSchool.Secret);

    public static TheoryData<string> Vectors() => [.. All().Select(v => v["name"]!.ToString())];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_published_vectors(string name)
    {
        var vector = All().Single(v => v["name"]!.ToString() == name);
        var (id, timestamp) = (vector["id"]!.ToString(), (long)vector["timestamp"]!);
        var body = Encoding.UTF8.GetBytes(vector["body"]!.ToString());
        var secrets = vector["secrets"]!.AsArray().Select(s => s!.ToString()).ToArray();
        var signatures = vector["signature"]!.ToString();

        string.Join(' ', secrets.Select(s => new Signature(s).Sign(id, timestamp, body))).ShouldBe(signatures);
        foreach (var secret in secrets)
            new Signature(secret)
                .Problem(id, $"{timestamp}", signatures, body, DateTimeOffset.FromUnixTimeSeconds(timestamp))
                .ShouldBeNull();
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way(int seconds, bool accepted)
    {
        var timestamp = Now.ToUnixTimeSeconds() + seconds;
        var signed = _signature.Sign("a", timestamp, [1]);
        (_signature.Problem("a", $"{timestamp}", signed, [1], Now) is null).ShouldBe(accepted);
    }

    [Fact]
    public void Another_id_body_time_or_key_does_not_pass()
    {
        var timestamp = Now.ToUnixTimeSeconds();
        var signed = _signature.Sign("a", timestamp, [1]);
        _signature.Problem("a", $"{timestamp}", signed, [1], Now).ShouldBeNull();

        _signature.Problem("b", $"{timestamp}", signed, [1], Now).ShouldNotBeNull();
        _signature.Problem("a", $"{timestamp + 1}", signed, [1], Now).ShouldNotBeNull();
        _signature.Problem("a", $"{timestamp}", signed, [2], Now).ShouldNotBeNull();
        new Signature("whsec_AAAA").Problem("a", $"{timestamp}", signed, [1], Now).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,pas du base64")]
    [InlineData("v2,AAAA")]
    [InlineData("v1,AAAA")]
    public void Nonsense_does_not_pass(string signatures) =>
        _signature.Problem("a", $"{Now.ToUnixTimeSeconds()}", signatures, [1], Now).ShouldNotBeNull();

    [Fact]
    public void One_right_signature_among_others_is_enough_and_either_key_of_a_rotation()
    {
        var timestamp = Now.ToUnixTimeSeconds();
        var old = new Signature("whsec_AAAA").Sign("a", timestamp, [1]);
        var both = new Signature($"{RunningSchool.Secret} whsec_AAAA");

        _signature.Problem("a", $"{timestamp}", $"{old} {_signature.Sign("a", timestamp, [1])}", [1], Now).ShouldBeNull();
        both.Problem("a", $"{timestamp}", old, [1], Now).ShouldBeNull();
        both.Sign("a", timestamp, [1]).ShouldBe(_signature.Sign("a", timestamp, [1]));
    }

    private static JsonNode[] All()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "School", "vectors.json");
        return [.. JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(v => v!)];
    }
}
