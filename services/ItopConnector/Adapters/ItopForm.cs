using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>An operation as <c>rest.php</c> takes it: a form with the login and the operation's JSON.</summary>
static class ItopForm
{
    /// <summary>Stands in an operation where a file's base64 goes. No claim's name or type can hold it: it is a control
    /// character.</summary>
    public const string FileHere = "\u001a";

    // The same in JSON, and that in a form.
    const string FileHereInForm = "%5Cu001A";

    public static async Task<HttpContent> For(
        JsonObject operation,
        ItopOptions options,
        Func<CancellationToken, Task<Stream>>? file,
        CancellationToken ct
    )
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3",
            ["auth_user"] = options.User,
            ["auth_pwd"] = options.Password,
            ["json_data"] = operation.ToJsonString(),
        });
        if (file is null)
            return form;
        var parts = (await form.ReadAsStringAsync(ct)).Split(FileHereInForm);
        return await FormWithFile.Around(
            Encoding.ASCII.GetBytes(parts[0]),
            await file(ct),
            Encoding.ASCII.GetBytes(parts[1]),
            ct
        );
    }
}
