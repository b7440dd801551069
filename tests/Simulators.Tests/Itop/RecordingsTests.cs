using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>Replays calls recorded on a real iTop 3.2.0 and compares the answers. The seed gives catalogue and people the recorded ids;
/// filler tickets give the tickets theirs.</summary>
public sealed class RecordingsTests
{
    private static readonly object Subject = new
    {
        org_id = 3,
        caller_id = 5,
        title = "Cycle de vie",
        description = "D",
        service_id = 1,
        servicesubcategory_id = 1,
    };

    [Fact]
    public async Task Logging_in_and_the_envelope_are_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Replay(itop, "auth");
    }

    [Fact]
    public async Task Creating_tickets_is_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Replay(itop, "create");
    }

    [Fact]
    public async Task Reading_is_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Fill(itop, 13);
        await itop.Create(RecordedFullTicket());
        await Replay(itop, "get");
    }

    [Fact]
    public async Task Updating_is_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Fill(itop, 41);
        await itop.Create(new { org_id = 3, caller_id = 5, title = "Mise à jour", description = "D" });
        await Replay(itop, "update");
    }

    [Fact]
    public async Task The_life_of_a_ticket_is_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Fill(itop, 50);
        await itop.Create(Subject);
        await itop.Create(new { org_id = 3, caller_id = 5, title = "Sans service", description = "D" });
        await Replay(itop, "life");
    }

    [Fact]
    public async Task Attachments_are_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        for (var n = 0; n < 2; n++)
            await itop.Call(new { operation = "core/create", comment = "", @class = "Attachment", fields = new { item_class = "UserRequest", item_id = 1 } });
        await Replay(itop, "attachment");
    }

    [Fact]
    public async Task Deleting_is_as_recorded()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await Fill(itop, 56);
        await Replay(itop, "delete");
    }

    private static async Task Replay(RunningItop itop, string group)
    {
        var differences = new List<string>();
        foreach (var recording in Recording.Group(group))
        {
            var (status, answer) = await recording.Replay(itop.Http);
            status.ShouldBe(recording.Status, recording.Name);
            differences.AddRange(Likeness.Differences(recording.Answer, answer).Select(d => $"{recording.Name}{d}"));
        }
        differences.ShouldBeEmpty();
    }

    private static async Task Fill(RunningItop itop, int tickets)
    {
        for (var n = 0; n < tickets; n++)
            await itop.Create(new { org_id = 3, caller_id = 5, title = "T", description = "D" }, "id");
    }

    private static JsonNode RecordedFullTicket()
    {
        var fields = Recording.Group("create").Single(r => r.Name.StartsWith("096", StringComparison.Ordinal)).Json!["fields"]!;
        fields["ref"] = "R-000023";
        return fields;
    }
}
