namespace GroupTicketing.ItopConformance.Contract;

/// <summary>What iTop refuses, and the stable parts of how it says so: the attribute's code and the English tail.</summary>
public static class RefusalChecks
{
    private const string TooLong = "xxxxxxxx";

    public static async Task Run(Bench bench)
    {
        var org = bench.Own.Id;
        var tooLong = string.Concat(Enumerable.Repeat(TooLong, 32));
        await Refuses(bench, "no title", @"\(title\) : Null not allowed", new { org_id = org, description = "D" });
        await Refuses(bench, "no organisation", @"\(org_id\) : Null not allowed", new { title = "T", description = "D" });
        await Refuses(
            bench,
            "an origin that is none",
            @"\(origin\) : Value not allowed \[guichet\]",
            new
            {
                org_id = org,
                title = "T",
                description = "D",
                origin = "guichet",
            }
        );
        await Refuses(
            bench,
            "256 characters of title",
            @"\(title\) : String too long \(found 256, limited to 255\)",
            new
            {
                org_id = org,
                title = tooLong,
                description = "D",
            }
        );
        await Refuses(
            bench,
            "a service that is not there",
            "service_id: Invalid object Service::99999999",
            new
            {
                org_id = org,
                title = "T",
                description = "D",
                service_id = 99999999,
            }
        );
        await Refuses(
            bench,
            "a caller found nowhere",
            "caller_id: No item found with criteria: email: .*",
            new
            {
                org_id = org,
                title = "T",
                description = "D",
                caller_id = new { email = "personne@nulle.example" },
            }
        );
        await Refuses(
            bench,
            "a field that is none",
            "external: Unknown attribute",
            new
            {
                org_id = org,
                title = "T",
                description = "D",
                external = "X",
            }
        );
        await bench.Checks.Is("what was refused was not created", "Found: 1", async () =>
            (await bench.Rest.Get("UserRequest", $"SELECT UserRequest WHERE org_id = {org}")).Message);
    }

    private static Task Refuses(Bench bench, string what, string how, object fields) =>
        bench.Checks.Matches($"a create is refused: {what}", $"100: .*{how}.*, code message", async () =>
        {
            var answer = await bench.Rest.Create("UserRequest", fields);
            return $"{answer.Code}: {answer.Message}, {answer.Shape}";
        });
}
