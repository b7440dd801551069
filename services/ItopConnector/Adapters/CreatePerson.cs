using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Makes a requester known to iTop, for a school that names its requesters and wishes it, once: they are looked for by
/// e-mail first, one at a time, and after a creation that was not answered
/// again. What iTop refuses stops no ticket: the support contact is the caller then, and the operator reads of it.
/// </summary>
public sealed partial class CreatePerson(
    ItopClient itop,
    ItopNames names,
    PeopleInDoubt doubts,
    IReadOnlyList<School> schools,
    ILogger<CreatePerson> logger
)
{
    // Only one instance writes to iTop; within it two tickets of one requester may be opened at once.
    readonly SemaphoreSlim alone = new(1);

    /// <returns>iTop's id of the person; null: nobody was made.</returns>
    public async Task<string?> Create(TicketEscalated asked, string organisation, CancellationToken ct)
    {
        if (
            !IsWished(asked.Heading.School)
            || asked.Handover.Requester is not { Email: { } email } requester
            || !string.Equals(email, asked.Caller, StringComparison.OrdinalIgnoreCase)
        )
            return null;
        await alone.WaitAsync(ct);
        try
        {
            return await names.People(email, organisation, ct) switch
            {
                [] => await Make(PersonName.From(requester.Name, email), email, organisation, asked.SchoolName, ct),
                [var known] => known.Key,
                // Nobody can tell which of them is meant, and one more helps nobody.
                _ => null,
            };
        }
        finally
        {
            alone.Release();
        }
    }

    // Without the school's naming nobody is named, whatever an older event still says.
    bool IsWished(string slug) =>
        schools.Any(school => school.Slug == slug && school is { Caller: Party.Requester, UnknownCaller: UnknownCaller.Create });

    async Task<string?> Make(PersonName name, string email, string organisation, string school, CancellationToken ct)
    {
        if (await doubts.Begin(organisation, email, ct) is { } rest)
            throw new ItopException(ItopFault.Broken, ItopAnswers.InDoubt("creating the caller", rest));
        try
        {
            var created = await itop.Call(Operation(name, email, organisation), ct);
            return ItopAnswers.Only(created, "created").Key;
        }
        catch (ItopException exception) when (exception.LacksRight || (exception.IsRefusal && exception.Answer is Answer.Refused))
        {
            await doubts.Settled(organisation, email, ct);
            Log.Refused(logger, school, exception.LacksRight ? "the account may not, or iTop is read-only" : exception.Reason);
            return null;
        }
    }

    static JsonObject Operation(PersonName name, string email, string organisation) =>
        new()
        {
            ["operation"] = "core/create",
            ["class"] = "Person",
            ["comment"] = WriteToGroupTicket.Comment,
            ["fields"] = new JsonObject
            {
                ["org_id"] = organisation,
                ["first_name"] = name.First,
                ["name"] = name.Last,
                ["email"] = email,
                ["notify"] = "no",
            },
            ["output_fields"] = "id",
        };

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "iTop made no person of a requester of {School}, whose file wishes it (unknownCaller: create): "
                + "{Reason}; the support contact is the caller. itop doctor says which right is missing"
        )]
        public static partial void Refused(ILogger logger, string school, string reason);
    }
}
