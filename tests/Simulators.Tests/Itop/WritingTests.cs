using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class WritingTests
{
    [Fact]
    public async Task A_refused_create_uses_up_a_reference()
    {
        await using var itop = await RunningItop.Start();
        await itop.NewTicket();
        await itop.Create(new { org_id = 2, title = new string('x', 256), description = "D" });
        var next = await itop.Create(new { org_id = 2, title = "T", description = "D" });

        RunningItop.Fields(next)["ref"]!.ToString().ShouldBe("R-000003");
        next["objects"]!.AsObject().Single().Key.ShouldBe("UserRequest::2");
    }

    [Fact]
    public async Task A_create_refused_by_a_key_uses_up_none()
    {
        await using var itop = await RunningItop.Start();
        await itop.Create(new { org_id = 4242, title = "T", description = "D" });
        var next = await itop.Create(new { org_id = 2, title = "T", description = "D" });

        RunningItop.Fields(next)["ref"]!.ToString().ShouldBe("R-000001");
    }

    [Fact]
    public async Task Two_tickets_may_bear_the_same_forced_reference()
    {
        await using var itop = await RunningItop.Start();
        await itop.Create(new { org_id = 2, title = "T", description = "D", @ref = "GDC-1" });
        await itop.Create(new { org_id = 2, title = "T", description = "D", @ref = "GDC-1" });

        (await itop.Get("SELECT UserRequest WHERE ref = 'GDC-1'", "id"))["message"]!.ToString().ShouldBe("Found: 2");
    }

    [Fact]
    public async Task A_service_without_contract_is_accepted_as_iTop_does_not_check()
    {
        await using var itop = await RunningItop.Start();
        var rennes = new { name = "INSA Rennes" };
        var answer = await itop.Create(
            new
            {
                org_id = rennes,
                title = "T",
                description = "D",
                service_id = 1,
                servicesubcategory_id = 5,
            }
        );

        answer["code"]!.GetValue<int>().ShouldBe(0);
        RunningItop.Fields(answer)["service_name"]!.ToString().ShouldBe("Gestion des comptes");
        RunningItop.Fields(answer)["request_type"]!.ToString().ShouldBe("incident");
    }

    [Fact]
    public async Task Saving_the_same_again_writes_nothing_and_bumps_nothing()
    {
        var clock = new SteppingClock();
        await using var itop = await RunningItop.Start(clock: clock);
        var id = await itop.NewTicket("Titre");
        var before = RunningItop.Fields(await itop.Get(id))["last_update"]!.ToString();
        clock.Step(TimeSpan.FromMinutes(1));

        (await itop.Update(id, new { title = "Titre" }))["code"]!.GetValue<int>().ShouldBe(0);
        await itop.Update(id, new { });
        await itop.Update(id, new { public_log = "" });
        RunningItop.Fields(await itop.Get(id))["last_update"]!.ToString().ShouldBe(before);

        await itop.Update(id, new { title = "Autre" });
        RunningItop.Fields(await itop.Get(id))["last_update"]!.ToString().ShouldNotBe(before);
    }

    [Fact]
    public async Task An_attachment_does_not_bump_its_ticket()
    {
        var clock = new SteppingClock();
        await using var itop = await RunningItop.Start(clock: clock);
        var id = await itop.NewTicket();
        var before = RunningItop.Fields(await itop.Get(id))["last_update"]!.ToString();
        clock.Step(TimeSpan.FromMinutes(1));

        await Attach(itop, id, "note.txt");

        RunningItop.Fields(await itop.Get(id))["last_update"]!.ToString().ShouldBe(before);
        var listed = await itop.Get(
            $"SELECT Attachment WHERE item_class = 'UserRequest' AND item_id = {id}",
            "id,item_id",
            "Attachment"
        );
        listed["message"]!.ToString().ShouldBe("Found: 1");
        RunningItop.Fields(listed).ContainsKey("contents").ShouldBeFalse();
    }

    [Fact]
    public async Task An_entry_is_signed_with_the_name_of_the_accounts_contact()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Update(
            id,
            new { public_log = new { add_item = new { message = "Un <b> & deux\ntrois", format = "text" } } },
            user: "agent1"
        );

        var entry = RunningItop.PublicLog(await itop.Get(id)).Single()!;
        entry["user_login"]!.ToString().ShouldBe("Alice Agent");
        entry["message"]!.ToString().ShouldBe("Un <b> & deux\ntrois");
        entry["message_html"]!.ToString().ShouldBe("Un &lt;b&gt; &amp; deux<br/>trois");
    }

    [Fact]
    public async Task Items_replaces_the_whole_log()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Update(id, new { public_log = "un" });
        await itop.Update(id, new { public_log = new { items = new[] { new { message = "autre" } } } });

        RunningItop.PublicLog(await itop.Get(id)).Select(e => e!["message"]!.ToString()).ShouldBe(["autre"]);
    }

    [Fact]
    public async Task A_bad_field_discards_the_whole_update()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket("Avant");
        var answer = await itop.Update(id, new { title = "Après", origin = "pigeon" });

        answer["message"]!.ToString().ShouldContain("(origin) : Value not allowed [pigeon]");
        answer.ContainsKey("objects").ShouldBeFalse();
        RunningItop.Fields(await itop.Get(id))["title"]!.ToString().ShouldBe("Avant");
    }

    [Fact]
    public async Task A_parent_passes_its_entries_and_its_resolution_to_its_children_and_they_pass_nothing_back()
    {
        await using var itop = await RunningItop.Start();
        var parent = await itop.NewTicket("Panne");
        var child = await itop.NewTicket("École");
        await itop.Update(child, new { parent_request_id = parent });
        await itop.Update(child, new { public_log = "de l'école" });
        await itop.Update(parent, new { public_log = "du groupe" });
        await itop.Stimulus(parent, "ev_assign", new { agent_id = 2 });
        await itop.Stimulus(parent, "ev_resolve", new { solution = "Redémarré" });

        var childNow = await itop.Get(child);
        RunningItop.PublicLog(childNow).Select(e => e!["message"]!.ToString()).ShouldBe(["de l'école", "du groupe"]);
        RunningItop.Fields(childNow)["status"]!.ToString().ShouldBe("resolved");
        RunningItop.Fields(childNow)["solution"]!.ToString().ShouldBe($"<p>Résolu via [[UserRequest:{parent}|R-000001]]</p>");
        RunningItop.PublicLog(await itop.Get(parent)).Select(e => e!["message"]!.ToString()).ShouldBe(["du groupe"]);
    }

    [Fact]
    public async Task An_agent_may_not_write_the_catalogue_and_an_administrator_may()
    {
        await using var itop = await RunningItop.Start();
        var service = new { name = "Nouveau", org_id = 1, servicefamily_id = 1, status = "production" };
        var call = new { operation = "core/create", comment = "", @class = "Service", fields = service, output_fields = "*" };

        (await itop.Call(call))["code"]!.GetValue<int>().ShouldBe(1);
        var created = await itop.Call(call, "admin");
        RunningItop.Fields(created)["servicefamily_name"]!.ToString().ShouldBe("Scénari");
    }

    [Fact]
    public async Task A_contract_brings_its_services_along()
    {
        await using var itop = await RunningItop.Start();
        var fields = new
        {
            name = "Support Rennes",
            org_id = 4,
            provider_id = 1,
            services_list = new[] { new { service_id = 2 } },
        };
        await itop.Call(
            new
            {
                operation = "core/create",
                comment = "",
                @class = "CustomerContract",
                fields,
                output_fields = "id",
            },
            "admin"
        );

        const string offered = "SELECT Service AS s JOIN lnkCustomerContractToService AS l ON l.service_id = s.id "
            + "JOIN CustomerContract AS c ON l.customercontract_id = c.id WHERE c.org_id = 4";
        var found = await itop.Get(offered, "name", "Service");
        RunningItop.Fields(found)["name"]!.ToString().ShouldBe("Support plateforme");
    }

    [Fact]
    public async Task Each_write_is_one_line_of_the_ledger_with_the_entry_it_added()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket("Titre");
        await itop.Update(id, new { public_log = "visible" });
        await itop.Update(id, new { private_log = "interne" });
        await itop.Update(id, new { title = "Titre" });
        await itop.Stimulus(id, "ev_assign", new { public_log = "pris" });
        await Attach(itop, id, "a.txt");

        var ledger = await itop.Ledger();
        ledger.Select(l => $"{l["n"]} {l["op"]} {l["stimulus"]} {l["login"]} {l["entry"]}").ShouldBe(
        [
            "1 create  connecteur ",
            "2 update  connecteur visible",
            "3 update  connecteur ",
            "4 stimulus ev_assign agent1 pris",
            "5 attach  connecteur ",
        ]);
        ledger[0]["ref"]!.ToString().ShouldBe("R-000001");
        ledger[0]["title"]!.ToString().ShouldBe("Titre");
        ledger[4]["class"]!.ToString().ShouldBe("Attachment");
    }

    [Fact]
    public async Task Calls_are_counted_by_operation_and_class()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Get(id);
        await itop.Get(id);

        var calls = JsonNode.Parse(await itop.Http.GetStringAsync("/sim/calls"))!;
        calls["operations"]!["core/get"]!.GetValue<int>().ShouldBe(2);
        calls["classes"]!["UserRequest"]!.GetValue<int>().ShouldBe(3);

        await itop.Http.PostAsync("/sim/calls/reset", null);
        JsonNode.Parse(await itop.Http.GetStringAsync("/sim/calls"))!["total"]!.GetValue<int>().ShouldBe(0);
    }

    private static Task<JsonObject> Attach(RunningItop itop, string ticket, string name)
    {
        var contents = new { data = "Ym9uam91cg==", filename = name, mimetype = "text/plain" };
        var fields = new { item_class = "UserRequest", item_id = ticket, item_org_id = 2, contents };
        return itop.Call(new { operation = "core/create", comment = "", @class = "Attachment", fields, output_fields = "id" });
    }
}
