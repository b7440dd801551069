using System.Resources;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Platform;

/// <summary>Of a body that an operation of the API cannot read the answer says so, and where: 400, or 415 where it is not JSON in UTF-8 (RFC 8259).</summary>
public static class BadBodies
{
    static readonly ResourceManager words = new("GroupTicketing.Platform.Words", typeof(BadBodies).Assembly);

    /// <summary>What cannot be read is told by an exception, which the problem details are made of.</summary>
    public static void AddBadBodies(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Say);
    }

    /// <summary>To stand before what reads bodies: of a character set that nobody knows the framework makes a fault of ours.</summary>
    public static void UseBadBodies(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || IsUtf8(context.Request)
            ? next(context)
            : Problem.Of(StatusCodes.Status415UnsupportedMediaType, "bad-body", words.GetString("BadBody")!, words.GetString("BadBodyMend")!, HeaderNames.ContentType).ExecuteAsync(context));

    static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    // What the server itself cut has its own words. Of another media type routing says 415 by itself.
    static void Say(ProblemDetailsContext context)
    {
        var bad = context.Exception as BadHttpRequestException;
        var reads = context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>() is not null;
        if (context.ProblemDetails.Status != StatusCodes.Status415UnsupportedMediaType && !(reads && bad?.StatusCode == StatusCodes.Status400BadRequest))
            return;
        var said = context.ProblemDetails;
        (said.Type, said.Title, said.Detail) = ("urn:groupticketing:problem:bad-body", words.GetString("BadBody"), words.GetString("BadBodyMend"));
        if (bad?.InnerException is JsonException { Path: { } path })
            said.Extensions["field"] = Pointer(path);
    }

    // $.tickets[2] as RFC 6901 has it.
    static string Pointer(string path) => path.TrimStart('$').Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
