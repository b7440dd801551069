using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Sends a step as it was sent to the real iTop.</summary>
public sealed class Sender(HttpClient http, Passwords passwords)
{
    public async Task<(int Status, string Body)> Send(Step step)
    {
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), step.Path);
        Login(request, step);
        if (step.HasBody)
            request.Content = Body(step.Line["body"]!);
        else if (step.Method == "POST")
            request.Content = new FormUrlEncodedContent(Form(step));
        else if (step.Method == "GET" && step.Data is not null)
            request.RequestUri = new Uri(
                $"{step.Path}?{await new FormUrlEncodedContent(Form(step)).ReadAsStringAsync()}",
                UriKind.Relative
            );
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private void Login(HttpRequestMessage request, Step step)
    {
        foreach (var (name, value) in step.Line["headers"]?.AsObject() ?? [])
            request.Headers.TryAddWithoutValidation(name, $"{value}");
        if (step.Auth == "token")
            request.Headers.TryAddWithoutValidation("Auth-Token", step.As);
        if (step.Auth == "basic")
            request.Headers.Authorization = new(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{step.As}:{PasswordOf(step)}"))
            );
    }

    private Dictionary<string, string> Form(Step step)
    {
        var form = new Dictionary<string, string>();
        void Add(string name, string? value)
        {
            if (value is not null)
                form[name] = value;
        }
        Add("version", step.Line.ContainsKey("version") ? step.Text("version") : "1.3");
        Add("json_data", step.Data);
        Add("auth_token", step.Auth == "tokenForm" ? step.As : null);
        Add("auth_user", step.Auth == "form" ? step.As : null);
        Add("auth_pwd", step.Auth == "form" ? PasswordOf(step) : null);
        foreach (var (name, value) in step.Line["form"]?.AsObject() ?? [])
            Add(name, $"{value}");
        return form;
    }

    private string? PasswordOf(Step step) => step.SaysPassword ? step.Text("password") : passwords.Of(step.As ?? "");

    private static ByteArrayContent Body(JsonNode body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{body["text"]}"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"{body["type"]}");
        return content;
    }
}
