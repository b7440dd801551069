namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A school's ticket id may hold what iTop's title key cannot: what happens in iTop reaches the school all the
/// same.</summary>
public sealed class OddNumbers
{
    [Fact]
    public async Task A_ticket_id_with_accents_and_spaces_hears_of_the_group()
    {
        await using var machines = await Machines.Start();
        const string Number = "ÉCOLE 42";
        await machines.HandOver(Number);
        await machines.Told(Number, "group.referenced");

        await machines.Acts("1", "ev_assign");

        await machines.Told(Number, "group.assigned");
    }
}
