using System.Text;
using GroupTicketing.Simulators.Itop.Rest;

namespace GroupTicketing.Simulators.Itop;

/// <summary>Answers that are none, as observed on iTop 3.2.0 or as its own code words them. By name: html500, html200,
/// maintenance, readOnly, deadlock, lockWait, truncated,
/// silence, redirect, refusal.</summary>
public sealed class OddAnswers(RestApi api, Faults faults)
{
    /// <summary>The web server's page instead of the application's answer.</summary>
    public const string PhpError = "<p>iTop: An error occurred, check server error log for more information.</p>\n";

    /// <summary>Of another shape than every other answer.</summary>
    public const string Maintenance =
        """{"data":[{"code":100,"message":"This application is currently under maintenance."}],"scripts":[]}""";

    private const string Login =
        "<!DOCTYPE html><html><head><title>iTop login</title></head><body class=\"login-page\"></body></html>";

    private static readonly string[] PerhapsDone = ["html500", "html200", "silence"];

    public async Task Serve(string shape, HttpContext http, IFormCollection? form, string? json)
    {
        var isDone = shape == "truncated" || (PerhapsDone.Contains(shape) && faults.Strikes(faults.Current.DoneShare));
        var answer = isDone ? await api.Answer(http.Request, form, json) : [];
        await (
            shape switch
            {
                "html500" => Write(http, 500, "text/html", PhpError),
                "html200" => Write(http, 200, "text/html", Login),
                "maintenance" => Write(http, 503, "application/json", Maintenance),
                "readOnly" => Write(
                    http,
                    200,
                    "application/json",
                    Code(1, "The current user does not have enough permissions for creating data of class UserRequest")
                ),
                "deadlock" => Write(
                    http,
                    200,
                    "application/json",
                    Code(100, Sql(1213, "Deadlock found when trying to get lock; try restarting transaction"))
                ),
                "lockWait" => Write(
                    http,
                    200,
                    "application/json",
                    Code(100, Sql(1205, "Lock wait timeout exceeded; try restarting transaction"))
                ),
                "truncated" => Write(http, 200, "application/json", Encoding.UTF8.GetString(answer.AsSpan(0, answer.Length / 2))),
                "silence" => Silence(http),
                "redirect" => Redirect(http),
                "refusal" => Write(
                    http,
                    200,
                    "application/json",
                    Code(100, "Error: servicesubcategory_id: Value not allowed [0]")
                ),
                _ => throw new ArgumentException($"unknown shape {shape}"),
            }
        );
    }

    private static string Sql(int number, string text)
    {
        var issue =
            $"Failed to issue SQL query: query = UPDATE `ticket` SET `title` = 'T', mysql_errno = {number}, mysql_error = {text}";
        return $"Error: {issue}: id = 1, class = UserRequest, issues = {{0=>{issue}}}";
    }

    private static string Code(int code, string message) => $$"""{"code":{{code}},"message":"{{message}}"}""";

    private async Task Silence(HttpContext http)
    {
        await faults.Silence();
        http.Abort();
    }

    private static Task Redirect(HttpContext http)
    {
        http.Response.Headers.Location = "/pages/UI.php";
        return Write(http, 302, "text/html", "");
    }

    private static async Task Write(HttpContext http, int status, string type, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }
}
