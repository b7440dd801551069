using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>What a catalogue asks for × what an iTop has.</summary>
public class PlanTests
{
    static readonly ItopItem scenari = Item(ItopKind.Brique, ("name", "Scénari"));
    static readonly ItopItem accounts = Item(
        ItopKind.Service,
        ("brique", "Scénari"),
        ("name", "Comptes"),
        ("provider", "INSA Groupe"),
        ("status", "production")
    );

    [Fact]
    public void What_iTop_lacks_is_made_in_the_order_in_which_it_can_be() =>
        Plan.From([accounts, scenari], Has())
            .Select(line => (line.GetType().Name, line.Item.Path))
            .ShouldBe([("Create", "Scénari"), ("Create", "Scénari > Comptes")]);

    [Fact]
    public void What_is_as_the_file_says_is_no_line() => Plan.From([scenari, accounts], Has(scenari, accounts)).ShouldBeEmpty();

    [Fact]
    public void What_differs_is_changed_field_by_field()
    {
        var there = accounts with
        {
            Says = new Dictionary<string, string>(accounts.Says) { ["status"] = "obsolete", ["provider"] = "INSA Lyon" },
        };

        var change = Plan.From([accounts], Has(there)).ShouldHaveSingleItem().ShouldBeOfType<PlanLine.Change>();

        change.Id.ShouldBe("1");
        change.Differs.ShouldBe([new("provider", "INSA Lyon", "INSA Groupe"), new("status", "obsolete", "production")]);
    }

    [Fact]
    public void Another_spelling_is_the_same_thing_written_otherwise() =>
        Plan.From([scenari], Has(Item(ItopKind.Brique, ("name", "SCENARI"))))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<PlanLine.Change>()
            .Differs.ShouldBe([new("name", "SCENARI", "Scénari")]);

    [Fact]
    public void A_reference_in_another_spelling_is_no_difference() =>
        Plan.From(
                [accounts],
                Has(accounts with { Says = new Dictionary<string, string>(accounts.Says) { ["brique"] = "Scenari" } })
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_the_file_does_not_say_is_left_as_it_is() =>
        Plan.From(
                [Item(ItopKind.Team, ("name", "C2IP"))],
                Has(Item(ItopKind.Team, ("name", "C2IP"), ("email", "c2ip@groupe.example")))
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_only_iTop_has_is_told_and_people_are_not()
    {
        var lines = Plan.From(
            [],
            Has(
                scenari,
                Item(ItopKind.Person, ("firstName", "Noé"), ("name", "Tilleul")),
                Item(ItopKind.Account, ("login", "noe"))
            )
        );

        lines.ShouldBe([new PlanLine.Unknown(scenari)]);
    }

    [Fact]
    public void Rights_beyond_the_file_s_are_told_for_its_own_accounts()
    {
        var account = Item(ItopKind.Account, ("login", "noe"));
        var grant = Item(ItopKind.Grant, ("account", "noe"), ("profile", "Administrator"));
        var other = Item(ItopKind.Grant, ("account", "root"), ("profile", "Administrator"));

        Plan.From([account], Has(account, grant, other)).ShouldBe([new PlanLine.Unknown(grant)]);
    }

    [Fact]
    public void A_profile_iTop_does_not_have_cannot_be_made()
    {
        var grant = Item(ItopKind.Grant, ("account", "noe"), ("profile", "Support Agent"));

        Plan.From([grant], Has()).ShouldBe([new PlanLine.Missing(grant, "Support Agent")]);
        Plan.From([grant], Has(Item(ItopKind.Profile, ("name", "Support Agent")))).ShouldBe([new PlanLine.Create(grant)]);
    }

    [Fact]
    public void Two_of_a_name_are_for_a_person_to_settle()
    {
        var line = Plan.From([scenari], Has(scenari, Item(ItopKind.Brique, ("name", "Scenari"))))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<PlanLine.Several>();

        line.Ids.ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Of_what_may_not_be_read_nothing_is_claimed() =>
        Plan.From([scenari, Item(ItopKind.Account, ("login", "noe"))], Has(scenari) with { Closed = [ItopKind.Account] })
            .ShouldBeEmpty();

    [Fact]
    public void What_was_read_is_named_by_what_it_belongs_to_and_the_rest_left_out()
    {
        ItopRow[] rows =
        [
            Row(
                ItopKind.SousService,
                "9",
                ("name", "Quota"),
                ("service_id", "5"),
                ("request_type", "incident"),
                ("status", "production")
            ),
            Row(ItopKind.Organisation, "2", ("name", "INSA Groupe"), ("deliverymodel_id", "1")),
            Row(ItopKind.Service, "5", ("name", "Comptes"), ("servicefamily_id", "7"), ("org_id", "2"), ("status", "production")),
            Row(ItopKind.Service, "6", ("name", "Sans famille"), ("servicefamily_id", "0"), ("org_id", "2")),
            Row(ItopKind.Brique, "7", ("name", "Scénari")),
            Row(ItopKind.DeliveryModel, "1", ("name", "Guichet"), ("org_id", "2")),
        ];

        var has = InItop.From(rows, []);

        has.Found.Select(found => (found.Item.Path, found.Id))
            .ShouldBe([
                ("INSA Groupe", "2"),
                ("Guichet", "1"),
                ("Scénari", "7"),
                ("Scénari > Comptes", "5"),
                ("Scénari > Comptes > Quota", "9"),
            ]);
        has.Found[0].Item.Says["deliveryModel"].ShouldBe("Guichet", "it points to what comes after it");
        has.Unplaced.ShouldHaveSingleItem().Id.ShouldBe("6");
    }

    static ItopRow Row(ItopKind kind, string id, params (string Attribute, string Text)[] texts) =>
        new(kind, id, texts.ToDictionary(one => one.Attribute, one => one.Text));

    static InItop Has(params ItopItem[] items) => new([.. items.Select((item, i) => new Found(item, $"{i + 1}"))], []);

    static ItopItem Item(ItopKind kind, params (string Key, string Text)[] says) =>
        ItopItem.From(kind, says.ToDictionary(one => one.Key, one => one.Text))!;
}
