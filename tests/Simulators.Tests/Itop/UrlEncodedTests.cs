using System.Text;
using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>Forms as PHP reads them.</summary>
public sealed class UrlEncodedTests
{
    [Theory]
    [InlineData("a=b+c", "b c")]
    [InlineData("a=%C3%A9%2B", "é+")]
    [InlineData("a=100%", "100%")]
    [InlineData("a=%zz", "%zz")]
    [InlineData("a=1&a=2", "2")]
    [InlineData("a=%E9", "\uFFFD")]
    [InlineData("a", "")]
    [InlineData("b=1", "")]
    public void A_value_is_decoded(string body, string value) => $"{Read(body)["a"]}".ShouldBe(value);

    [Fact]
    public void Members_of_json_data_make_an_object() =>
        $"{Read("json_data[operation]=core%2Fget&json_data[class]=Person")["json_data"]}".ShouldBe(
            """{"operation":"core/get","class":"Person"}"""
        );

    private static FormCollection Read(string body) => UrlEncoded.Read(Encoding.ASCII.GetBytes(body));
}
