using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>The classes of stock iTop 3.2 that hold the catalogue.</summary>
static class ItopClasses
{
    static readonly ItopField name = new("name", "name");

    static readonly IReadOnlyList<ItopClass> all =
    [
        new(ItopKind.Profile, "URP_Profiles", [name]),
        new(
            ItopKind.Organisation,
            "Organization",
            [name, new("parent", "parent_id", IsLate: true), new("deliveryModel", "deliverymodel_id", IsLate: true)]
        ),
        new(ItopKind.DeliveryModel, "DeliveryModel", [name, new("organisation", "org_id")]),
        new(ItopKind.Team, "Team", [name, new("organisation", "org_id"), new("email", "email")]),
        new(
            ItopKind.Person,
            "Person",
            [new("firstName", "first_name"), name, new("organisation", "org_id"), new("email", "email")]
        ),
        new(ItopKind.Member, "lnkPersonToTeam", [new("team", "team_id"), new("person", "person_id")]),
        new(
            ItopKind.ModelTeam,
            "lnkDeliveryModelToContact",
            [new("deliveryModel", "deliverymodel_id"), new("team", "contact_id")]
        ),
        new(ItopKind.Brique, "ServiceFamily", [name]),
        new(
            ItopKind.Service,
            "Service",
            [name, new("brique", "servicefamily_id"), new("provider", "org_id"), new("status", "status")]
        ),
        new(ItopKind.ServiceTeam, "lnkContactToService", [new("service", "service_id"), new("team", "contact_id")]),
        new(
            ItopKind.SousService,
            "ServiceSubcategory",
            [name, new("service", "service_id"), new("requestType", "request_type"), new("status", "status")]
        ),
        new(
            ItopKind.Contract,
            "CustomerContract",
            [name, new("customer", "org_id"), new("provider", "provider_id"), new("status", "status")]
        ),
        new(
            ItopKind.ContractService,
            "lnkCustomerContractToService",
            [new("contract", "customercontract_id"), new("service", "service_id")]
        ),
        new(
            ItopKind.Account,
            "UserLocal",
            [new("login", "login"), new("person", "contactid"), new("language", "language")],
            new Dictionary<string, string> { ["language"] = "FR FR", ["status"] = "enabled" }
        ),
        new(ItopKind.Grant, "URP_UserProfile", [new("account", "userid"), new("profile", "profileid")]),
        new(ItopKind.Silo, "URP_UserOrg", [new("account", "userid"), new("organisation", "allowed_org_id")]),
    ];

    public static ItopClass For(ItopKind kind) => all.First(one => one.Kind == kind);
}
