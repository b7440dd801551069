using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What <c>rest.php</c> does with a form, in iTop's order: login, version, json_data, operation.</summary>
public sealed class RestApi(ItopStore store, TimeProvider clock, Faults faults, CallCounter calls)
{
    private static readonly string[] Versions = ["1.0", "1.1", "1.2", "1.3", "1.4"];

    private static readonly (string Verb, string Description)[] Operations =
    [
        ("core/create", "Create an object"),
        ("core/update", "Update an object"),
        ("core/apply_stimulus", "Apply a stimulus to change the state of an object"),
        ("core/get", "Search for objects"),
        ("core/delete", "Delete objects"),
        ("core/get_related", "Get related objects through the specified relation"),
        ("core/check_credentials", "Check user credentials"),
    ];

    private readonly Accounts _accounts = new(store);
    private readonly ReadObjects _reads = new(store, faults);
    private readonly WriteObjects _writes = new(store, new LocalTime(clock), faults);
    private readonly DeleteObjects _deletes = new(store, faults);
    private readonly RelatedObjects _related = new(store);

    public async Task<byte[]> Answer(HttpRequest request, IFormCollection? form, string? json)
    {
        Answer answer;
        try
        {
            answer = Poison.Check(await Answered(Read(request, form, json), VersionOf(request, form)), faults.Current);
        }
        catch (Refusal refusal)
        {
            answer = Rest.Answer.Of(refusal);
        }
        catch (DuplicateEntry duplicate)
        {
            answer = Rest.Answer.Of(Refusal.Sql(duplicate));
        }
        store.LogShownLater = TimeSpan.FromHours(faults.Current.LogShownHoursLater);
        return AnswerJson.Of(answer, store);
    }

    private Call Read(HttpRequest request, IFormCollection? form, string? json)
    {
        // A body of another type is no form: iTop then misses json_data before it misses the login.
        if (form is null && HttpMethods.IsPost(request.Method))
            throw new Refusal(3, "Missing parameter 'json_data'", thrown: true);
        var account = _accounts.Login(request, form);
        var version = VersionOf(request, form);
        if (version == "")
            throw new Refusal(2, "Missing parameter 'version' (e.g. '1.0')", thrown: true);
        if (string.IsNullOrEmpty(json))
            throw new Refusal(3, "Missing parameter 'json_data'", thrown: true);
        if (!Versions.Contains(version))
            throw new Refusal(10, $"There is no service available for version '{version}'", thrown: true);
        return new Call(Parse(json), account);
    }

    private static string VersionOf(HttpRequest request, IFormCollection? form) =>
        form is null ? $"{request.Query["version"]}" : $"{form["version"]}";

    private static JsonElement Parse(string json)
    {
        var invalid = new Refusal(4, "Parameter json_data is not a valid JSON structure", thrown: true);
        try
        {
            var parsed = JsonDocument.Parse(json).RootElement;
            return parsed.ValueKind == JsonValueKind.Object && IsText(parsed) ? parsed : throw invalid;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw invalid;
        }
    }

    // Half a surrogate pair is no text, and shows only when it is read.
    private static bool IsText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(m => m.Name is not null && IsText(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(IsText),
        JsonValueKind.String => json.GetString() is not null,
        _ => true,
    };

    private async Task<Answer> Answered(Call call, string version)
    {
        var operation = call.Operation;
        calls.Count(operation, call.Json);
        switch (operation)
        {
            case "core/create":
                return await _writes.Create(call);
            case "core/update":
                return await _writes.Update(call);
            case "core/apply_stimulus":
                return await _writes.ApplyStimulus(call);
        }
        await faults.Latency();
        return operation switch
        {
            "core/get" => _reads.Answer(call),
            "core/delete" => _deletes.Answer(call),
            "core/get_related" => _related.Answer(call),
            "core/check_credentials" => new Answer(0, null, null, WithObjects: false)
            {
                Others = new Dictionary<string, object>
                {
                    ["authorized"] = _accounts.Check(call.Text("user"), call.Text("password")),
                },
            },
            "list_operations" => new Answer(0, $"Operations: {Operations.Length}", null, WithObjects: false)
            {
                Others = new Dictionary<string, object>
                {
                    ["version"] = version,
                    ["operations"] = Operations
                        .Select(o => new
                        {
                            verb = o.Verb,
                            description = o.Description,
                            extension = "CoreServices",
                        })
                        .ToArray(),
                },
            },
            _ => throw new Refusal(11, $"Unknown verb '{operation}' in version '{version}'", thrown: true),
        };
    }
}
