namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Logging in and the envelope.</summary>
public static class TransportChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, rest) = (bench.Checks, bench.Rest);
        var operations = await rest.Call(new { operation = "list_operations" });
        await checks.Is("an answer is HTTP 200, application/json", "200 application/json", () =>
            Task.FromResult<string?>($"{operations.Status} {operations.Type}")
        );
        await checks.Is("the account may call", "0", () => Task.FromResult<string?>($"{operations.Code}"));
        await checks.Is(
            "the operations the connector uses are there",
            "core/create core/update core/apply_stimulus core/get",
            () =>
                Task.FromResult<string?>(
                    string.Join(
                        ' ',
                        operations.Body["operations"]!
                            .AsArray()
                            .Select(o => o!["verb"]!.ToString())
                            .Where(v => v is "core/create" or "core/update" or "core/apply_stimulus" or "core/get")
                    )
                )
        );

        var wrong = await rest.Call(new { operation = "list_operations" }, "not the password");
        await checks.Is("a wrong password is HTTP 200", "200", () => Task.FromResult<string?>($"{wrong.Status}"));
        await checks.Is("a wrong password is code 1 without objects", "1: code message", () =>
            Task.FromResult<string?>($"{wrong.Code}: {wrong.Shape}")
        );
        await checks.Is("a wrong password is told in English", "Error: Invalid login", () => Task.FromResult(wrong.Message));

        await checks.Matches("an unknown class is code 100", "100: Error: .*'Nope' is not a valid class'?", async () =>
            Refused(await rest.Get("Nope", 1))
        );
        await checks.Matches("a broken query is code 100", "100: Error: Query failed to execute: .*", async () =>
            Refused(await rest.Get("UserRequest", "SELECT UserRequest WHERE"))
        );
        await checks.Matches(
            "a field that is none is code 100",
            "100: Error: output_fields: invalid attribute code 'nope'",
            async () => Refused(await rest.Get("UserRequest", 1, "nope"))
        );
    }

    private static string Refused(RestAnswer answer) => $"{answer.Code}: {answer.Message}";
}
