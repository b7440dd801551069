using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Who is iTop's caller: the requester where the school names them and iTop knows them in its organisation, or
/// is told of them as the school wishes; else its support contact, who must be there.</summary>
public sealed class ChooseCaller(ItopNames names, CreatePerson people)
{
    /// <returns>iTop's id of the person.</returns>
    public async Task<string> For(TicketEscalated asked, string organisation, CancellationToken ct)
    {
        if (asked.Caller is { } caller && await names.PersonOrNull(caller, organisation, ct) is { } known)
            return known;
        if (await people.Create(asked, organisation, ct) is { } made)
            return made;
        if (asked.SupportContact is { } support && await names.PersonOrNull(support, organisation, ct) is { } contact)
            return contact;
        throw new ItopException(
            ItopFault.NotThere,
            new Answer.Refused(
                $"the support contact of {asked.SchoolName} is no person of {asked.Organisation} in iTop: add them there "
                + "or mend the school's file, then retry"
            )
        );
    }
}
