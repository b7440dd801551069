namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>What a deletion takes along, resets, or stumbles on.</summary>
public sealed class DeletingTests
{
    [Fact]
    public async Task A_person_goes_and_the_requests_forget_it()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        var person = RunningItop.Fields(await itop.Get("SELECT Person WHERE first_name = 'Alice'", "id", "Person"))[
            "id"
        ]!.ToString();
        await itop.Update(id, new { agent_id = person });

        var answer = await Delete(itop, "Person", person);

        answer["message"]!.ToString().ShouldStartWith("Deleted: 1 plus (for DB integrity) ");
        answer["objects"]![$"UserRequest::{id}"]!["message"]!.ToString().ShouldStartWith("Reset external keys: ");
        RunningItop.Fields(await itop.Get(id, "agent_id"))["agent_id"]!.ToString().ShouldBe("0");
        (await itop.Get(person, "id", "Person"))["message"]!.ToString().ShouldBe("Found: 0");
    }

    [Fact]
    public async Task A_service_with_sous_services_stays_and_so_does_everything_else()
    {
        await using var itop = await RunningItop.Start();

        var answer = await Delete(itop, "Service", "1");

        ((int)answer["code"]!).ShouldBe(100);
        answer["objects"]!["ServiceSubcategory::1"]!["message"]!.ToString().ShouldStartWith("Must be deleted explicitely");
        (await itop.Get("1", "id", "Service"))["message"]!.ToString().ShouldBe("Found: 1");
        (await itop.Get("SELECT lnkCustomerContractToService WHERE service_id = 1", "id", "lnkCustomerContractToService"))[
            "message"
        ]!
            .ToString()
            .ShouldNotBe("Found: 0");
    }

    private static Task<System.Text.Json.Nodes.JsonObject> Delete(RunningItop itop, string of, string key) =>
        itop.Call(new { operation = "core/delete", comment = "test", @class = of, key }, "admin");
}
