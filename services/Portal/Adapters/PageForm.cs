using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Portal.Adapters;

/// <summary>What a page posts. Our pages post forms that can be read and have what they ask for: whatever does not was
/// made by hand, is answered 400, and counted.</summary>
static class PageForm
{
    // A form is kept in memory while it is read, also that of a browser that has not signed in. The longest of ours bears
    // the text of an error.
    const int MostBytes = 16 * 1024;

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>The form, or the refusal.</summary>
    /// <param name="members">Those it must have, each once.</param>
    public static async Task<(IFormCollection? Form, IResult? Refused)> Read(
        HttpContext context,
        CancellationToken ct,
        params string[] members
    )
    {
        var form = await Read(context.Request, ct);
        if (form is null)
            return (null, Refuse(context, null));
        return members.FirstOrDefault(name => form[name].Count != 1) is { } missing
            ? (null, Refuse(context, missing))
            : (form, null);
    }

    /// <summary>The refusal of a form, or of a member of it.</summary>
    public static IResult Refuse(HttpContext context, string? member)
    {
        PortalMetrics.FormRefused((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "");
        return new Page<UnreadableForm>(new() { [nameof(UnreadableForm.Member)] = member }, StatusCodes.Status400BadRequest);
    }

    static async Task<IFormCollection?> Read(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        var clock = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        using var late = new CancellationTokenSource(Deadline, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            // Read apart: a form's own reading hangs up on whoever is late, without an answer.
            var sent = new byte[MostBytes + 1];
            var length = await request.Body.ReadAtLeastAsync(sent, sent.Length, throwOnEndOfStream: false, ended.Token);
            request.Body = new MemoryStream(sent, 0, length, writable: false);
            return await request.ReadFormAsync(ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BadHttpRequestException("the form came too slowly", StatusCodes.Status408RequestTimeout);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or NotSupportedException or ArgumentException
                || exception is IOException and not BadHttpRequestException)
        {
            // Too many members, a part without an end, a boundary that is none, an encoding that nobody should send.
            return null;
        }
    }
}
