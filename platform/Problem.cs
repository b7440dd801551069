using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace GroupTicketing.Platform;

/// <summary>Error answers as RFC 9457 has them: what is wrong, where, and how to mend it; never what was sent.</summary>
public static class Problem
{
    /// <summary>An answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A stable name, the last part of <c>type</c>.</param>
    /// <param name="title">What is wrong, in one line.</param>
    /// <param name="remedy">How to mend it.</param>
    /// <param name="field">Where: a header's name or a JSON pointer; null for the whole request.</param>
    public static IResult Result(int status, string code, string title, string remedy, string? field = null)
    {
        var details = new ProblemDetails
        {
            Status = status,
            Type = $"urn:groupticketing:problem:{code}",
            Title = title,
            Detail = remedy,
        };
        if (field is not null)
            details.Extensions["field"] = field;
        return Results.Problem(details);
    }

    /// <summary>Nothing was kept: send it again.</summary>
    public static IResult Unavailable(HttpContext context, string title, string remedy)
    {
        context.Response.Headers.RetryAfter = "5";
        return Result(StatusCodes.Status503ServiceUnavailable, "store-unavailable", title, remedy);
    }
}
