using System.Text.RegularExpressions;
using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>
/// Which fault an answer tells of: first the status, then the code, then the message's English tail. Validation
/// messages are in the account's language; the tails, and the attribute's code, are
/// not (seen in French and in English on iTop 3.2.0).
/// </summary>
public static partial class Faults
{
    const int Unauthorized = 1;

    // A unique index of the database, ours: iTop then answers with the database's number.
    const int DuplicateEntry = 1062;

    const int MostSaid = 400;

    static readonly (string Tail, ItopFault Fault)[] unauthorized =
    [
        ("Invalid login", ItopFault.Login),
        ("not authorized to use the web services", ItopFault.NoRest),
        ("Portal user is not allowed", ItopFault.Portal),
        ("permissions for reading", ItopFault.ReadDenied),
    ];

    // A database error quotes the values it was about, which may say anything: it is looked for first.
    static readonly (string Tail, ItopFault Fault)[] tails =
    [
        ("mysql_errno", ItopFault.Busy),
        ("Invalid stimulus", ItopFault.OtherState),
        ("Null not allowed", ItopFault.Missing),
        ("Missing mandatory attribute(s)", ItopFault.Missing),
        ("Value not allowed", ItopFault.WrongValue),
        ("String too long", ItopFault.TooLong),
        ("Wrong format", ItopFault.WrongFormat),
        ("Failed to parse time string", ItopFault.WrongFormat),
        ("Unknown attribute", ItopFault.NotInModel),
        ("invalid attribute code", ItopFault.NotInModel),
        ("Unknown filter code", ItopFault.NotInModel),
        ("is not a valid class", ItopFault.NotInModel),
        ("Unknown class", ItopFault.NotInModel),
        ("No item found", ItopFault.NotThere),
        ("Invalid object", ItopFault.NotThere),
        ("Several items found", ItopFault.Several),
        ("issues = {0=>La règle d'unicité", ItopFault.Duplicate),
        ("issues = {0=>Uniqueness rule", ItopFault.Duplicate),
    ];

    /// <summary>What a status other than 200 means.</summary>
    public static ItopFault OfStatus(int status) => status switch
    {
        503 => ItopFault.Maintenance,
        413 => ItopFault.TooBig,
        >= 500 => ItopFault.Failed,
        _ => ItopFault.Elsewhere,
    };

    /// <summary>What a code other than 0 means.</summary>
    public static ItopFault From(int code, string message)
    {
        if (code == DuplicateEntry)
            return ItopFault.Duplicate;
        foreach (var (tail, fault) in code == Unauthorized ? unauthorized : tails)
        {
            if (message.Contains(tail, StringComparison.Ordinal))
                return fault;
        }
        return code == Unauthorized ? ItopFault.WriteDenied : ItopFault.Other;
    }

    /// <summary>The code of the attribute that is meant; null where the message names none. Never a value: that may be
    /// a person's.</summary>
    public static string? AttributeIn(string message)
    {
        var match = Attribute().Match(message);
        return match.Success ? match.Groups.Values.Skip(1).First(group => group.Success).Value : null;
    }

    /// <summary>What iTop says in words: without its "Error: ", and without the list of issues that says them once
    /// more.</summary>
    public static string? SentenceIn(string message)
    {
        var end = message.IndexOf(": issues = {", StringComparison.Ordinal);
        var sentence = (end < 0 ? message : message[..end]).Replace("Error: ", "").Trim();
        return sentence.Length switch
        {
            0 => null,
            > MostSaid => Characters.Fitting(sentence, MostSaid) + "…",
            _ => sentence,
        };
    }

    [GeneratedRegex(
        @"\(([a-z][a-z0-9_]{1,60})\) : |^Error: ([a-z][a-z0-9_]{1,60}): |"
            + @"attribute\(s\) for applying the stimulus: ([a-z][a-z0-9_]{1,60})|"
            + @"unicité '([a-z][a-z0-9_]{1,60})' renvoie|Uniqueness rule '([a-z][a-z0-9_]{1,60})' in error"
    )]
    private static partial Regex Attribute();
}
