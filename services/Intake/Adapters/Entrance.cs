using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Who sent a post, and whether it may: as far as the headers say it before any of the body is read, the rest
/// over the raw bytes.</summary>
sealed class Entrance(SchoolDoors doors, IncomingBodies bodies, TimeProvider clock)
{
    /// <summary>Null: there is none of that name.</summary>
    public School? SchoolOf(string slug) => doors.Schools.GetValueOrDefault(slug);

    /// <summary>The post, to be disposed of; or why it is not let in.</summary>
    /// <exception cref="NoRoomException">Too much is being read at once.</exception>
    public async Task<(IResult? Refused, Entered? Entered)> Enter(HttpContext context, School school, CancellationToken ct)
    {
        var headers = PostReader.Headers(context.Request);
        var dialect = doors.DialectOf(school, headers);
        var claimed = dialect.Claims(headers, clock.GetUtcNow());
        // Another scheme's login, which a proxy may add, is no key.
        var hasKey = claimed is Signed.Missing && Callers.KeyOf(context.Request) is not null;
        if (hasKey && await Callers.CallerOf(context) is var caller)
        {
            if (caller is not null && caller.School != school.Slug)
                return (Callers.NotAllowed(context, caller), null);
            claimed = caller is null ? Signed.Wrong : Signed.Right;
        }
        if (claimed is not Signed.Right)
            return (Refusals.Signature(claimed), null);
        if (await PostReader.Read(context.Request, bodies, clock, isKnown: hasKey, ct) is not { } body)
            return (Refusals.TooBig(), null);
        var post = new RawPost(headers, body.Bytes);
        var signed = hasKey ? Signed.Right : dialect.Verify(post, doors.Secrets[school.Slug], clock.GetUtcNow());
        if (signed is Signed.Right)
            return (null, new Entered(dialect, post, body));
        body.Dispose();
        return (Refusals.Signature(signed), null);
    }
}

/// <summary>A post of whom it says it is of.</summary>
sealed record Entered(IDialect Dialect, RawPost Post, IncomingBody Body) : IDisposable
{
    public void Dispose() => Body.Dispose();
}
