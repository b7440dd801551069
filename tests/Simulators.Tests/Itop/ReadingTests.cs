using GroupTicketing.Simulators.Itop.Rest;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class ReadingTests
{
    [Fact]
    public async Task Tickets_come_by_descending_reference_and_pages_tell_the_total()
    {
        await using var itop = await RunningItop.Start();
        for (var n = 1; n <= 5; n++)
            await itop.NewTicket();
        await itop.Create(new { org_id = 2, title = "T", description = "D", @ref = "R-999999" });

        var all = await itop.Get(new { }, "id,ref");
        all["objects"]!.AsObject().Select(o => o.Key).ShouldBe(
            ["UserRequest::6", "UserRequest::5", "UserRequest::4", "UserRequest::3", "UserRequest::2", "UserRequest::1"]);

        var call = new
        {
            operation = "core/get",
            @class = "UserRequest",
            key = "SELECT UserRequest",
            output_fields = "id",
            limit = "2",
            page = 2,
        };
        var page = await itop.Call(call);
        page["message"]!.ToString().ShouldBe("Found: 6");
        page["objects"]!.AsObject().Select(o => o.Key).ShouldBe(["UserRequest::4", "UserRequest::3"]);
    }

    [Fact]
    public async Task Changes_are_found_by_their_local_time()
    {
        var clock = new SteppingClock();
        await using var itop = await RunningItop.Start(clock: clock);
        await itop.NewTicket("ancien");
        clock.Step(TimeSpan.FromMinutes(5));
        var since = LocalTime.Write(clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await itop.NewTicket("récent");

        var found = await itop.Get($"SELECT UserRequest WHERE last_update >= '{since}'", "title");
        RunningItop.Fields(found)["title"]!.ToString().ShouldBe("récent");
    }

    [Theory]
    [InlineData("2026-07-01T10:00:00Z", "2026-07-01 12:00:00")]
    [InlineData("2026-12-01T10:00:00Z", "2026-12-01 11:00:00")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25 02:30:00")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25 02:30:00")]
    public void Dates_are_local_to_Paris_without_offset(string utc, string local) =>
        LocalTime.Write(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(local);

    [Fact]
    public async Task Ids_are_strings_and_everything_but_ascii_is_escaped()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket("École / été");
        var key = $$"""{"operation":"core/get","class":"UserRequest","key":{{id}},"output_fields":"id,title,org_id"}""";

        var response = await RunningItop.Post(itop.Http, key);
        var body = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        body.ShouldContain("""\u00C9cole \/ \u00E9t\u00E9""");
        body.ShouldContain("\"org_id\":\"2\"");
        body.ShouldContain("\"key\":\"1\"");
    }

    [Fact]
    public async Task Obsolete_people_are_not_hidden()
    {
        await using var itop = await RunningItop.Start();
        await itop.Call(
            new
            {
                operation = "core/update",
                comment = "",
                @class = "Person",
                key = 4,
                fields = new { status = "inactive" },
            },
            "admin"
        );

        var found = await itop.Get("SELECT Person WHERE status = 'inactive'", "friendlyname,obsolescence_flag", "Person");
        RunningItop.Fields(found)["friendlyname"]!.ToString().ShouldBe("Claire Durand");
        RunningItop.Fields(found)["obsolescence_flag"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_agent_who_follows_a_link_sees_the_other_objects_attributes()
    {
        await using var itop = await RunningItop.Start();
        var sub = await itop.Get("SELECT ServiceSubcategory WHERE name = 'Cours indisponible'", "*", "ServiceSubcategory");

        RunningItop.Fields(sub)["service_name"]!.ToString().ShouldBe("Support plateforme");
        RunningItop.Fields(sub)["service_org_id"]!.ToString().ShouldBe("1");
        RunningItop.Fields(sub)["service_org_id_friendlyname"]!.ToString().ShouldBe("INSA Groupe");
    }

    [Fact]
    public async Task A_team_lists_its_members()
    {
        await using var itop = await RunningItop.Start();
        var team = await itop.Get("SELECT Team WHERE name = 'Support Scénari'", "persons_list", "Team");

        var members = RunningItop.Fields(team)["persons_list"]!.AsArray();
        members.Select(m => m!["person_id_friendlyname"]!.ToString()).ShouldBe(["Alice Agent", "Bruno Agent"]);
        members[0]!.AsObject().ContainsKey("team_id").ShouldBeFalse();
    }
}
