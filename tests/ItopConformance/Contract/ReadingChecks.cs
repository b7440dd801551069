using GroupTicketing.ItopConnector.Adapters;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>How an answer shows objects: names, ids and keys, kinds of values, and what is not there.</summary>
public static class ReadingChecks
{
    private const string Fields = "id,ref,status,org_id,request_type,public_log,tto,resolution_date";

    public static async Task Run(Bench bench)
    {
        var (checks, rest, id) = (bench.Checks, bench.Rest, bench.Id);
        var read = await rest.Get("UserRequest", id, Fields);
        await checks.Is("an answer is code, message, objects", "code message objects", () =>
            Task.FromResult<string?>(read.Shape)
        );
        await checks.Is("an object is named by class and id", $"UserRequest::{id}", () => Task.FromResult<string?>(read.Name));
        await checks.Is("an object has these members", "code message class key fields", () =>
            Task.FromResult<string?>(string.Join(' ', read.First.Select(m => m.Key)))
        );
        await checks.Is("fields come in the order asked for", Fields, () =>
            Task.FromResult<string?>(string.Join(',', read.Fields.Select(m => m.Key)))
        );
        await checks.Is("ids and keys are strings", "String String String", () => Task.FromResult<string?>(
            $"{read.First["key"]!.GetValueKind()} {read.Fields["id"]!.GetValueKind()} {read.Fields["org_id"]!.GetValueKind()}"));
        await checks.Is("a log is an object with entries", "0", () => Task.FromResult<string?>($"{read.Log().Count}"));
        await checks.Is("a date that is not set is empty", "", () => Task.FromResult(read.Field("resolution_date")));
        await checks.Is("it is found by its reference", id, async () =>
            (await rest.Get("UserRequest", new { @ref = bench.Reference })).Id
        );
        await checks.Is("an id that is not there is no error", "0 Found: 0 code message objects:null", async () =>
        {
            var none = await rest.Get("UserRequest", 99999999);
            return $"{none.Code} {none.Message} {none.Shape}";
        });
        await checks.Is("several are read in one call, those that are gone left out", id, async () =>
            string.Join(' ', (await ReadGroupTicket.Read(bench.Connector.Itop, [id, "99999999"], default)).Select(one => one.Id))
        );
        await checks.Is("one that is gone is told from one that is there", "True False", async () =>
            $"{await IsDeleted(bench, "99999999")} {await IsDeleted(bench, id)}");
        await checks.Matches("one that is gone is refused in words", ".*no longer in iTop.*", async () =>
            (await bench.Connector.Read("99999999")).Id
        );
    }

    private static Task<bool> IsDeleted(Bench bench, string id) =>
        ReadGroupTicket.IsDeleted(bench.Connector.Itop, id, bench.Own.Name, default);
}
