namespace GroupTicketing.Registry;

/// <summary>What iTop's catalogue consists of, in the order in which it can be made: what a thing is made of comes
/// before it.</summary>
public enum ItopKind
{
    /// <summary>What an account may do; iTop's own, never made here.</summary>
    Profile,

    Organisation,

    /// <summary>Which teams take an organisation's tickets.</summary>
    DeliveryModel,

    Team,
    Person,

    /// <summary>A person in a team.</summary>
    Member,

    /// <summary>A team of a delivery model: iTop's form offers a ticket these teams only.</summary>
    ModelTeam,

    /// <summary>A service family.</summary>
    Brique,

    Service,

    /// <summary>A team that takes a service's tickets.</summary>
    ServiceTeam,

    SousService,

    /// <summary>An organisation's right to services.</summary>
    Contract,

    /// <summary>A service of a contract.</summary>
    ContractService,

    Account,

    /// <summary>A profile of an account.</summary>
    Grant,

    /// <summary>An organisation an account sees, with those below it; an account without any sees all.</summary>
    Silo,
}
