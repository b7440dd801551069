using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>The pilot's catalogue on an iTop that was just set up, over HTTP.</summary>
public class ApplyTests
{
    static IReadOnlyList<ItopItem> Items => FreshItop.Pilot.Items;

    [Fact]
    public async Task Everything_is_made_and_a_second_plan_is_empty()
    {
        var (itop, passwords) = await FreshItop.Piloted();
        await using var _ = itop;

        (await itop.Planned(Items)).ShouldBeEmpty();
        passwords.Keys.ShouldBe(FreshItop.Pilot.OfKind(ItopKind.Account).Select(account => account.Path), ignoreOrder: true);
        passwords.Values.Distinct().Count().ShouldBe(passwords.Count);
        (await itop.Ledger()).ShouldAllBe(line => !line.Contains("\"delete\""));
    }

    [Fact]
    public async Task The_connector_s_new_account_opens_iTop_and_a_school_s_does_not_open_its_rest()
    {
        var (itop, passwords) = await FreshItop.Piloted();
        await using var _ = itop;

        (
            await itop.As("connecteur", passwords["connecteur"])
                .Get("Team", "SELECT Team WHERE name = 'Retour école'", "name", default)
        ).ShouldHaveSingleItem();
        (
            await Should.ThrowAsync<ItopException>(
                itop.As("support.lyon", passwords["support.lyon"]).Get("Team", "SELECT Team", "name", default)
            )
        ).Fault.ShouldBe(ItopFault.Portal);
        (
            await Should.ThrowAsync<ItopException>(
                itop.As("denis.dieupart-ruel", passwords["denis.dieupart-ruel"]).Get("Team", "SELECT Team", "name", default)
            )
        ).Fault.ShouldBe(ItopFault.NoRest);
    }

    [Fact]
    public async Task Stopped_in_the_middle_the_next_run_does_the_rest_and_nothing_twice()
    {
        await using var itop = await FreshItop.Start();
        var done = 0;
        await Should.ThrowAsync<ItopException>(itop.Apply(Items, line =>
        {
            if (++done == 20)
                itop.Fault(new { readOnly = true }).GetAwaiter().GetResult();
        }));
        await itop.Fault(new { readOnly = false });
        var rest = await itop.Planned(Items);

        rest.Count.ShouldBeInRange(1, Items.Count - 1);
        await itop.Apply(Items);

        (await itop.Planned(Items)).ShouldBeEmpty();
        (await itop.Has()).Found.GroupBy(found => found.Item.Key).ShouldAllBe(group => group.Count() == 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(60)]
    [InlineData(83)]
    [InlineData(90)]
    public async Task Wherever_it_was_stopped_the_next_run_ends_with_everything_as_the_file_says(int after)
    {
        await using var itop = await FreshItop.Start();
        var done = 0;
        await Should.ThrowAsync<ItopException>(itop.Apply(Items, line =>
        {
            if (++done == after)
                itop.Fault(new { readOnly = true }).GetAwaiter().GetResult();
        }));
        await itop.Fault(new { readOnly = false });

        await itop.Apply(Items);

        (await itop.Planned(Items)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Organisations_that_a_run_left_without_parent_get_it_before_accounts_are_made()
    {
        await using var itop = await FreshItop.Start();
        foreach (var organisation in FreshItop.Pilot.OfKind(ItopKind.Organisation))
            await itop.Itop.Call(
                new()
                {
                    ["operation"] = "core/create",
                    ["class"] = "Organization",
                    ["comment"] = "c",
                    ["fields"] = new System.Text.Json.Nodes.JsonObject { ["name"] = organisation.Path },
                    ["output_fields"] = "id",
                },
                default
            );

        await itop.Apply(Items);

        (await itop.Planned(Items)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_s_account_moves_with_them_once_it_sees_where_they_go()
    {
        var (itop, _) = await FreshItop.Piloted();
        await using var disposed = itop;
        var moved = FreshItop
            .Pilot.Items.Select(item =>
                item switch
                {
                    { Kind: ItopKind.Account, Path: "support.rouen" } => item with
                    {
                        Says = new Dictionary<string, string>(item.Says) { ["person"] = "Support INSA Rennes" },
                    },
                    { Kind: ItopKind.Silo } when item.Says["account"] == "support.rouen" => ItopItem.From(
                        ItopKind.Silo,
                        new Dictionary<string, string> { ["account"] = "support.rouen", ["organisation"] = "INSA Rennes" },
                        item.Line
                    )!,
                    _ => item,
                }
            )
            .ToList();

        await itop.Apply(moved);

        (await itop.Planned(moved)).ShouldAllBe(line => line is PlanLine.Unknown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_answers_are_lost_it_ends_with_everything_once(int seed)
    {
        await using var itop = await FreshItop.Start();
        await itop.Fault(new { dropAnswerShare = 0.05, seed });
        var stops = 0;
        for (var left = 1; left > 0; left = (await Patiently(() => itop.Planned(Items))).Count)
        {
            try
            {
                await itop.Apply(Items);
            }
            catch (ItopException)
            {
                (++stops).ShouldBeLessThan(100);
            }
        }

        stops.ShouldBeGreaterThan(0);
        await itop.Fault(new { dropAnswerShare = 0.0 });
        (await itop.Has()).Found.GroupBy(found => found.Item.Key).ShouldAllBe(group => group.Count() == 1);
    }

    [Fact]
    public async Task What_a_person_changed_is_put_back_and_what_they_added_stays()
    {
        var (itop, _) = await FreshItop.Piloted();
        await using var disposed = itop;
        var service = (await itop.Has())
            .From(ItopKind.SousService)
            .First(found => found.Item.Says["name"] == "Création de compte");
        await itop.Itop.Call(
            new()
            {
                ["operation"] = "core/update",
                ["class"] = "ServiceSubcategory",
                ["key"] = service.Id,
                ["comment"] = "c",
                ["fields"] = new System.Text.Json.Nodes.JsonObject { ["request_type"] = "incident" },
                ["output_fields"] = "id",
            },
            default
        );
        await itop.Itop.Call(
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "ServiceFamily",
                ["comment"] = "c",
                ["fields"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Wiki" },
                ["output_fields"] = "id",
            },
            default
        );

        (await itop.Planned(Items)).Select(line => line.GetType().Name).ShouldBe(["Change", "Unknown"]);
        await itop.Apply(Items);

        (await itop.Planned(Items)).ShouldHaveSingleItem().ShouldBeOfType<PlanLine.Unknown>().Item.Path.ShouldBe("Wiki");
    }

    [Fact]
    public async Task What_one_iTop_has_is_given_to_another_by_a_file()
    {
        var (old, _) = await FreshItop.Piloted();
        await using var first = old;
        await using var other = await FreshItop.Start();
        var file = Path.GetTempFileName();
        var (exported, leftOut) = Exported.From(await old.Has(), "INSA Groupe", "Retour école");
        File.WriteAllText(file, WriteItopCatalogue.Write(exported, []));
        var (catalogue, errors, _) = ItopCatalogue.Load(file);
        File.Delete(file);

        errors.ShouldBeEmpty();
        leftOut.ShouldBeEmpty();
        await other.Apply(catalogue.Items);

        (await other.Planned(Items)).ShouldBeEmpty("the second iTop is as the first one's file said");
    }

    [Theory]
    [InlineData(ItopKind.Grant, "profile", "Administrator")]
    [InlineData(ItopKind.Silo, "organisation", "INSA Rennes")]
    public void An_account_that_may_or_sees_what_no_role_gives_is_left_out_of_the_file(ItopKind kind, string key, string also)
    {
        var items = FreshItop.Pilot.Items.Append(
            ItopItem.From(kind, new Dictionary<string, string> { ["account"] = "support.lyon", [key] = also })!
        );
        var has = new InItop([.. items.Select((item, i) => new Found(item, $"{i}"))], []);

        var (catalogue, leftOut) = Exported.From(has, "INSA Groupe", "Retour école");

        leftOut.Select(item => item.Path).ShouldBe(["support.lyon"]);
        catalogue.OfKind(ItopKind.Account).Select(account => account.Path).ShouldNotContain("support.lyon");
        catalogue
            .OfKind(ItopKind.Person)
            .Select(person => person.Path)
            .ShouldNotContain("Support INSA Lyon", "who neither takes tickets nor has an account is nobody's business");
    }

    [Fact]
    public void A_password_is_as_iTop_demands_and_another_each_time()
    {
        var made = Enumerable.Range(0, 200).Select(_ => NewPassword.Make()).ToList();

        made.Distinct().Count().ShouldBe(200);
        made.ShouldAllBe(one =>
            one.Length == 20
            && one.Any(char.IsLower)
            && one.Any(char.IsUpper)
            && one.Any(char.IsDigit)
            && !one.All(char.IsLetterOrDigit)
            && !one.Contains(':')
        );
    }

    static async Task<T> Patiently<T>(Func<Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (ItopException) when (tries < 20)
            {
                // Its answer was lost, too.
            }
        }
    }
}
