using System.Resources;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Platform;

/// <summary>
/// What every operation may fail on, as problem details: a body that it cannot read is 400, with where, or 415 where it
/// is not JSON in UTF-8 (RFC 8259); a store that is away is 503.
/// </summary>
public static class Failures
{
    static readonly ResourceManager texts = new("GroupTicketing.Platform.Texts", typeof(Failures).Assembly);

    /// <summary>What cannot be read is told by an exception, which the problem details are made of.</summary>
    public static void AddFailures(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Say);
    }

    /// <summary>The status that an exception is answered with. Only 500 is a fault of ours, to be logged with where it
    /// came from.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        // A request that was cut is the caller's doing.
        BadHttpRequestException cut => cut.StatusCode,
        StoreUnavailableException or OutOfMemoryException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Whether it went wrong with the one thing that was at hand, so that the next may go well: the store is
    /// there, memory is not short, and nobody ends the work.</summary>
    public static bool IsOfOneAlone(Exception exception) =>
        exception is not (StoreUnavailableException or OperationCanceledException or OutOfMemoryException);

    /// <summary>To stand before what reads bodies: of a character set that nobody knows the framework makes a fault of
    /// ours.</summary>
    public static void UseFailures(this IApplicationBuilder app) =>
        app.Use(
            (HttpContext context, RequestDelegate next) =>
                context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || IsUtf8(context.Request)
                    ? next(context)
                    : Problem
                        .Result(
                            StatusCodes.Status415UnsupportedMediaType,
                            "bad-body",
                            texts.GetString("BadBody")!,
                            texts.GetString("BadBodyMend")!,
                            HeaderNames.ContentType
                        )
                        .ExecuteAsync(context)
        );

    static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    // What the server itself cut has its own words. Of another media type routing says 415 by itself.
    static void Say(ProblemDetailsContext context)
    {
        if (context.Exception is StoreUnavailableException or OutOfMemoryException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            Name(context.ProblemDetails, "urn:groupticketing:problem:store-unavailable", "NoStore");
            return;
        }
        var bad = context.Exception as BadHttpRequestException;
        var reads =
            context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()
            is not null;
        if (
            context.ProblemDetails.Status != StatusCodes.Status415UnsupportedMediaType
            && !(reads && bad?.StatusCode == StatusCodes.Status400BadRequest)
        )
            return;
        Name(context.ProblemDetails, "urn:groupticketing:problem:bad-body", "BadBody");
        if (bad?.InnerException is JsonException { Path: { } path })
            context.ProblemDetails.Extensions["field"] = Pointer(path);
    }

    static void Name(ProblemDetails said, string type, string word) =>
        (said.Type, said.Title, said.Detail) = (type, texts.GetString(word), texts.GetString(word + "Mend"));

    // $.tickets[2] as RFC 6901 has it.
    static string Pointer(string path) =>
        path.TrimStart('$').Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
