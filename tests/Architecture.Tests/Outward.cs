using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>An address out of a school's file is called in one way only: by the client that checks where it leads.</summary>
public partial class Outward
{
    // iTop's address is the operator's.
    const string OperatorsOwn = "services/ItopConnector/";

    [Fact]
    public void A_service_calls_schools_by_the_guarded_client_alone() =>
        Tree
            .Sources.Where(file =>
                file.StartsWith("services/", StringComparison.Ordinal) && !file.StartsWith(OperatorsOwn, StringComparison.Ordinal)
            )
            .Where(file => OwnClient().IsMatch(Tree.Code(file)))
            .ShouldBeEmpty("take SchoolAddresses.Client: it looks the address up, checks it, and calls what was checked.");

    [Fact]
    public void The_connector_makes_none_by_hand() => Tree.Sources
        .Where(file => file.StartsWith(OperatorsOwn, StringComparison.Ordinal) && ByHand().IsMatch(Tree.Code(file)))
        .ShouldBeEmpty("take Outside.Client");

    [Theory]
    [InlineData("new HttpClient()")]
    [InlineData("new SocketsHttpHandler { }")]
    [InlineData("Outside.Client(MostBytes)")]
    [InlineData("new TcpClient(host, port)")]
    public void The_rule_sees_what_it_forbids(string code) => OwnClient().IsMatch(code).ShouldBeTrue();

    [GeneratedRegex(
        @"\bnew (HttpClient|SocketsHttpHandler|HttpClientHandler|TcpClient|Socket)\b|\bOutside\.Client\b|\bWebRequest\b"
    )]
    private static partial Regex OwnClient();

    [GeneratedRegex(@"\bnew (HttpClient|SocketsHttpHandler|HttpClientHandler|TcpClient|Socket)\b|\bWebRequest\b")]
    private static partial Regex ByHand();
}
