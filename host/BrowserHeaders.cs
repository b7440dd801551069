using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Host;

/// <summary>What a browser may do with an answer, said on every one: pages, the API's, files, errors. A door that needs
/// more says so itself.</summary>
static class BrowserHeaders
{
    const string Policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    // Not no-referrer: browsers would send the pages' own posts without their origin, by which they are known.
    const string Referrer = "same-origin";

    public static void UseBrowserHeaders(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        // When it starts: an error's answer begins by clearing what was said before.
        context.Response.OnStarting(Say, context.Response);
        return next(context);
    });

    static Task Say(object answer)
    {
        var headers = ((HttpResponse)answer).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", Referrer);
        headers.TryAdd("Content-Security-Policy", Policy);
        return Task.CompletedTask;
    }
}
