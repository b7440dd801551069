using System.Resources;
using GroupTicketing.Contracts;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Notification;

/// <summary><c>GET /v1/schools/{school}/files/{ticket}/{hash}</c>: a file the group added, for the school's tool.</summary>
static class ServeFile
{
    static readonly ResourceManager texts = new("GroupTicketing.Notification.Texts", typeof(ServeFile).Assembly);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/schools/{school}/files/{ticket}/{hash}", Serve).RequireKey().WithName("get-file");

    static async Task<IResult> Serve(
        string school,
        string ticket,
        string hash,
        HttpContext context,
        Documents<SchoolTelling> documents,
        IFiles files,
        CancellationToken ct
    )
    {
        var isPlain = ticket.Length == 32 && hash.Length == 64 && (ticket + hash).All(char.IsAsciiHexDigitLower);
        var mayRead = isPlain && context.Caller().School == school && await documents.Read(ticket, ct, shelf: school) is not null;
        if (!mayRead || await files.OpenToSend(ticket, hash, ct) is not { } bytes)
            return Problem.Result(404, "no-file", texts.GetString("NoFile")!, texts.GetString("NoFileMend")!);
        // Never shown by a browser as anything but a download: the bytes are a stranger's.
        return Results.Stream(bytes, "application/octet-stream", hash);
    }
}
