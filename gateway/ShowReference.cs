using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace GroupTicketing.Gateway;

/// <summary><c>GET /openapi.json</c>, and a page to read it, <c>/docs</c>, which needs nothing of the internet.</summary>
static class ShowReference
{
    // The browser itself holds the page to this: no call leaves the host.
    const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
        + "blob:; font-src 'self' data:; "
        + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    static readonly Lazy<byte[]> document = new(OpenApiDocument.Read);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi.json", () => Results.Bytes(document.Value, "application/json"));
        routes.MapScalarApiReference("/docs", page =>
        {
            page.OpenApiRoutePattern = "/openapi.json";
            page.Title = "GroupTicketing";
            page.Localization = new ScalarLocalizationOptions { Locale = "fr" };
            page.AddPreferredSecuritySchemes("key");
            page.DefaultFonts = false;
            page.ProxyUrl = null;
            page.Telemetry = false;
            page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            page.DisableAgent();
            page.DisableMcp();
            page.HideClientButton = true;
        }).AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
            return await next(call);
        });
    }
}
