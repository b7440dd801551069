using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>iTop's REST as it is on the wire, for what the connector's own client does not show, and for what
/// intervenants and administrators do.</summary>
public sealed class Rest(HttpClient http, Uri url, Account account)
{
    private const string Comment = "GroupTicketing conformance";

    public async Task<RestAnswer> Call(object operation, string? password = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3",
            ["auth_user"] = account.User,
            ["auth_pwd"] = password ?? account.Password,
            ["json_data"] = JsonSerializer.Serialize(operation),
        });
        using var response = await http.PostAsync(new Uri(url, "webservices/rest.php"), form);
        var body = await response.Content.ReadAsStringAsync();
        return new RestAnswer(
            (int)response.StatusCode,
            $"{response.Content.Headers.ContentType?.MediaType}",
            JsonNode.Parse(body)!.AsObject()
        );
    }

    public Task<RestAnswer> Create(string of, object fields, string output = "id") =>
        Call(new { operation = "core/create", comment = Comment, @class = of, fields, output_fields = output });

    public Task<RestAnswer> Get(string of, object key, string output = "id") =>
        Call(new { operation = "core/get", @class = of, key, output_fields = output });

    public Task<RestAnswer> Update(string key, object fields, string output = "id") =>
        Call(new { operation = "core/update", comment = Comment, @class = "UserRequest", key, fields, output_fields = output });

    public Task<RestAnswer> Stimulus(string key, string stimulus, object fields, string output = "id,status") =>
        Call(
            new
            {
                operation = "core/apply_stimulus",
                comment = Comment,
                @class = "UserRequest",
                key,
                stimulus,
                fields,
                output_fields = output,
            }
        );

    public Task<RestAnswer> Delete(string of, object key) =>
        Call(
            new
            {
                operation = "core/delete",
                comment = Comment,
                @class = of,
                key,
            }
        );
}
