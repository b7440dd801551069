using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>One call and its answer as recorded on iTop 3.2.0 community, without transport headers.</summary>
/// <param name="Name">Its number and what was tried.</param>
/// <param name="Auth">form, basic or none.</param>
public sealed record Recording(string Name, string Auth, string? User, string? Password, string? Version, JsonNode? Json, int Status, JsonNode Answer)
{
    public static Recording[] Group(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "recordings", $"{name}.json");
        return [.. JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(Read!)];
    }

    public async Task<(int Status, JsonNode Answer)> Replay(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webservices/rest.php") { Content = new FormUrlEncodedContent(Form()) };
        if (Auth == "basic")
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"connecteur:{Password}")));
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? JsonNode.Parse(body)! : new JsonObject());
    }

    private Dictionary<string, string> Form()
    {
        var form = new Dictionary<string, string>();
        if (Version is not null)
            form["version"] = Version;
        if (Json is not null)
            form["json_data"] = Json.GetValueKind() == JsonValueKind.String ? Json.ToString() : Json.ToJsonString();
        if (Auth == "form" && User is not null)
            form["auth_user"] = User;
        if (Auth == "form" && Password is not null)
            form["auth_pwd"] = Password;
        return form;
    }

    private static Recording Read(JsonNode node)
    {
        var user = node["user"]?.ToString();
        var password = node.AsObject().ContainsKey("password") ? node["password"]?.ToString() : RunningItop.PasswordOf(user ?? "connecteur");
        return new Recording(
            node["recording"]!.ToString(),
            node["auth"]!.ToString(),
            user,
            password,
            node["version"]?.ToString(),
            node["json"]?.DeepClone(),
            (int)node["status"]!,
            node["answer"]?.DeepClone() ?? new JsonObject());
    }
}
