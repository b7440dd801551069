using System.Text.Json.Nodes;

namespace GroupTicketing.Platform.Tests;

/// <summary>What release 0.2 named otherwise in a document.</summary>
public class FormerNamesTests
{
    [Fact]
    public void A_document_of_0_2_is_read_under_todays_names()
    {
        var document = JsonNode
            .Parse(
                """
                {"schema":1,"state":{"said":"spoken","debts":1},
                 "heard":{"console-routing":{"number":2},"intake-routing":{"number":1}},
                 "heardBefore":{"console-routing":[]},"asked":{"routing-console":"2026-11-24T09:00:00Z"},
                 "waiting":[{"stream":"notification-console","type":"x"},{"stream":null,"type":"y"}],
                 "spoken":{"routing-console":{"last":{"number":3},"paid":{"number":2},"said":[{"type":"z","mood":1}],"mood":2}},
                 "lanes":{"itop":{"target":"itop","debts":[{"id":"1-1"}],"mood":3}},"debtsMade":1,
                 "quarantine":{"message":{"stream":"routing-console"},"reason":"r"},"mood":4}
                """
            )!
            .AsObject();

        FormerNames.Replace(document);

        JsonNode.DeepEquals(
            document,
            JsonNode.Parse(
                """
                {"schema":1,"state":{"said":"spoken","debts":1},
                 "heard":{"portal-routing":{"number":2},"intake-routing":{"number":1}},
                 "heardBefore":{"portal-routing":[]},"asked":{"routing-portal":"2026-11-24T09:00:00Z"},
                 "waiting":[{"stream":"notification-portal","type":"x"},{"stream":null,"type":"y"}],
                 "streams":{"routing-portal":{"last":{"number":3},"confirmed":{"number":2},
                            "messages":[{"type":"z","mood":1}],"mood":2}},
                 "lanes":{"itop":{"target":"itop","calls":[{"id":"1-1"}],"mood":3}},"callsMade":1,
                 "quarantine":{"message":{"stream":"routing-portal"},"reason":"r"},"mood":4}
                """
            )
        ).ShouldBeTrue(document.ToJsonString());
    }

    [Theory]
    [InlineData("missing:console-routing", "missing:portal-routing")]
    [InlineData("routing-console", "routing-portal")]
    [InlineData("itop", "itop")]
    [InlineData("consoles", "consoles")]
    public void A_lane_bears_the_name_of_its_stream(string former, string name) => FormerNames.Lane(former).ShouldBe(name);
}
