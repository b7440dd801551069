using System.Text;
using System.Text.Json;

namespace GroupTicketing.Platform.Tests;

/// <summary>Signatures, by the vectors of the Standard Webhooks libraries and what those libraries refuse.</summary>
public sealed class StandardWebhooksTests
{
    static readonly List<Vector> vectors = JsonSerializer.Deserialize<List<Vector>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "standard-webhooks-vectors.json")), JsonSerializerOptions.Web)!;

    static Vector Official => vectors[0];

    public static TheoryData<string> Names => [.. vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_vector_is_signed_and_verified(string name)
    {
        var vector = vectors.Single(one => one.Name == name);

        StandardWebhooks
            .Sign(vector.Secrets, vector.Id, DateTimeOffset.FromUnixTimeSeconds(vector.Timestamp), Bytes(vector.Body))
            .ShouldBe(vector.Signature);
        foreach (var secret in vector.Secrets)
            Verify(vector, [secret]).ShouldBeTrue();
        Verify(vector, ["whsec_" + Convert.ToBase64String(new byte[24])]).ShouldBeFalse("another's secret");
        Verify(vector, []).ShouldBeFalse("no secret");
    }

    [Theory]
    [InlineData("id", "")]
    [InlineData("id", "msg_other")]
    [InlineData("timestamp", "")]
    [InlineData("timestamp", "1614265331")]
    [InlineData("body", "")]
    [InlineData("body", "{\"test\":2432232314}")]
    [InlineData("signature", "")]
    [InlineData("signature", "v1,")]
    [InlineData("signature", "v1,dawfeoifkpqwoekfpqoekf")]
    [InlineData("signature", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("signature", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("signature", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1Oé=")]
    public void Any_piece_missing_or_changed_is_refused(string piece, string value)
    {
        string Or(string name, string given) => piece == name ? value : given;

        StandardWebhooks
            .Verify(
                Official.Secrets,
                Or("id", Official.Id),
                Or("timestamp", $"{Official.Timestamp}"),
                Or("signature", Official.Signature),
                Bytes(Or("body", Official.Body))
            )
            .ShouldBeFalse();
    }

    [Fact]
    public void One_good_signature_among_others_is_enough() =>
        Verify(Official with { Signature = $"v1,AAAA  v2,x v1a,y {Official.Signature}" }, Official.Secrets).ShouldBeTrue();

    [Fact]
    public void A_header_full_of_signatures_costs_little() =>
        Verify(
                Official with
                {
                    Signature = string.Concat(Enumerable.Repeat("v1,AAAA ", 8)) + Official.Signature,
                },
                Official.Secrets
            )
            .ShouldBeFalse("only eight are looked at");

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_timestamp_is_fresh_for_five_minutes_either_way(int off, bool fresh)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(Official.Timestamp);

        StandardWebhooks.IsFresh(StandardWebhooks.Seconds(now.AddSeconds(off)), now).ShouldBe(fresh);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("-1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void What_is_no_timestamp_is_not_fresh(string timestamp) =>
        StandardWebhooks.IsFresh(timestamp, DateTimeOffset.FromUnixTimeSeconds(Official.Timestamp)).ShouldBeFalse();

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_c2hvcnQ=")]
    public void A_secret_is_written_as_the_specification_has_it(string secret) =>
        Should.Throw<FormatException>(() => StandardWebhooks.KeyOf(secret));

    static bool Verify(Vector vector, IReadOnlyList<string> secrets) =>
        StandardWebhooks.Verify(secrets, vector.Id, $"{vector.Timestamp}", vector.Signature, Bytes(vector.Body));

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    sealed record Vector(string Name, IReadOnlyList<string> Secrets, string Id, long Timestamp, string Body, string Signature);
}
