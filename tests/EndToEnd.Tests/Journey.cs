namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A ticket's whole life through the doors its people use: the school's tool, and iTop.</summary>
public sealed class Journey
{
    [Fact]
    public async Task A_ticket_is_handed_over_taken_asked_answered_resolved_and_closed()
    {
        await using var machines = await Machines.Start();
        const string Number = "7001", Id = "1";
        await machines.HandOver(Number);
        await machines.Told(Number, "group.referenced");

        await machines.Acts(Id, "ev_assign");
        await machines.Told(Number, "group.assigned");
        await machines.Acts(Id, "ev_pending", new() { ["pending_reason"] = "Quel est le nom du compte ?" });
        await machines.Told(Number, "group.pending");

        await machines.Says(Number, "ticket.answered", new() { ["id"] = "a1", ["text"] = "dupont", ["by"] = "support" });
        await machines.Comes(Id, "assigned");
        await machines.Acts(Id, "ev_resolve", new() { ["solution"] = "Compte créé." });
        await machines.Told(Number, "group.resolved");

        await machines.Says(Number, "ticket.confirmed");
        await machines.Told(Number, "group.closed");
        await machines.Comes(Id, "closed");
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));
        Ledgers
            .Itop(machines)
            .Count(line =>
                line.GetProperty("op").GetString() == "create" && line.GetProperty("class").GetString() == "UserRequest"
            )
            .ShouldBe(1);
    }
}
