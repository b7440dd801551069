using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Every answer that is not a 202: what is wrong, where, how to mend it.</summary>
static class Refusals
{
    public static IResult UnknownSchool() => Refusal(404, "unknown-school", "UnknownSchool", "school");

    /// <param name="field">A JSON pointer to the file, or the whole event for <c>""</c>; null for the whole request.</param>
    public static IResult TooBig(string? field = null) => Refusal(413, "too-big", "TooBig", field);

    public static IResult OtherBody() => Refusal(409, "other-body", "OtherBody", "webhook-id");

    public static IResult NoRoom() => Flawed([new Flaw("", Texts.Get("NoRoom"))]);

    public static IResult Unavailable(HttpContext context) =>
        Problem.Unavailable(context, Texts.Get("Unavailable"), Texts.Get("UnavailableMend"));

    public static IResult Signature(Signed signed) => signed switch
    {
        Signed.Missing => Refusal(401, "no-signature", "NoSignature", "webhook-signature"),
        Signed.Old => Refusal(401, "old-timestamp", "OldTimestamp", "webhook-timestamp"),
        _ => Refusal(401, "wrong-signature", "WrongSignature", "webhook-signature"),
    };

    public static IResult Flawed(IReadOnlyList<Flaw> flaws)
    {
        var details = new ProblemDetails
        {
            Status = 400,
            Type = "urn:groupticketing:problem:bad-event",
            Title = Texts.Get("BadEvent"),
            Detail = Texts.Get("BadEventMend"),
        };
        details.Extensions["errors"] = flaws;
        return Results.Problem(details);
    }

    /// <summary>Which members an event was refused for, by the schema's own names: what somebody sent is nobody's to
    /// list.</summary>
    public static IEnumerable<string> Members(ProblemHttpResult refused) =>
        refused.ProblemDetails.Extensions.TryGetValue("errors", out var errors) && errors is IReadOnlyList<Flaw> flaws
            ? flaws.Select(flaw => GenericNames.KnownPart(flaw.Field)).Distinct()
            : [];

    static IResult Refusal(int status, string code, string word, string? field = null) =>
        Problem.Result(status, code, Texts.Get(word), Texts.Get(word + "Mend"), field);
}
