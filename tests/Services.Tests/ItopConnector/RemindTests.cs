using System.Text.Json;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A reminder for the team goes into the private log, which nothing of ours reads.</summary>
public class RemindTests : IAsyncLifetime
{
    static readonly ItopCall.Remind call = new("Rappel\nde deux lignes");

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task It_stands_in_the_private_log_and_not_in_the_public_one()
    {
        var ticket = await world.Opened();
        await world.Write.Remind(world.Attempt(call), ticket, call, default);

        (await PrivateLog(ticket)).ShouldBe(["Rappel\nde deux lignes"]);
        (await world.All()).ShouldHaveSingleItem().Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_doubt_it_is_not_written_again()
    {
        var ticket = await world.Opened();
        (
            await world.Write.Remind(world.Attempt(call, inDoubt: world.Now.AddMinutes(-5)), ticket, call, default)
        ).ShouldBeOfType<Answer.Done>();
        (await PrivateLog(ticket)).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_closed_ticket_nobody_is_reminded()
    {
        var play = ItopPlay.Opened();
        var wanted = new GroupReminderWanted(ItopPlay.Asked.Heading, "Rappel");
        Upsert
            .On(play.Ticket, wanted)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>()
            .Body.ShouldBe(new ItopCall.Remind("Rappel"));
        play.Change(itop => itop with { Status = "closed" }).Poll();
        Upsert.On(play.Ticket, wanted).Effects.ShouldBeEmpty();
    }

    async Task<IReadOnlyList<string?>> PrivateLog(GroupTicket ticket)
    {
        var found = await world.Itop.Get("UserRequest", $"SELECT UserRequest WHERE id = {ticket.ItopId}", "private_log", default);
        return
        [
            .. found
                .Single()
                .Fields.GetProperty("private_log")
                .GetProperty("entries")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("message").GetString()),
        ];
    }
}
