using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A difference between a catalogue and what an iTop has.</summary>
public abstract record PlanLine(ItopItem Item)
{
    /// <summary>iTop lacks it.</summary>
    public sealed record Create(ItopItem Item) : PlanLine(Item);

    /// <summary>iTop has it and says otherwise.</summary>
    public sealed record Change(ItopItem Item, string Id, IReadOnlyList<Differs> Differs) : PlanLine(Item);

    /// <summary>iTop has it and the catalogue does not; it is left alone.</summary>
    public sealed record Unknown(ItopItem Item) : PlanLine(Item);

    /// <summary>It needs something that neither has: a profile of iTop's own.</summary>
    public sealed record Missing(ItopItem Item, string Needs) : PlanLine(Item);

    /// <summary>iTop has several of the name: nobody can tell which is meant.</summary>
    public sealed record Several(ItopItem Item, IReadOnlyList<string> Ids) : PlanLine(Item);
}
