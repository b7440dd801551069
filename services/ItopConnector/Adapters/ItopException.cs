using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop did not do it, or nobody knows.</summary>
public sealed class ItopException(ItopFault fault, Answer answer) : Exception("iTop did not do it"), IKnownFault
{
    public ItopFault Fault => fault;

    /// <summary>What the attempt answers, with the fault's cause.</summary>
    public Answer Answer => answer switch
    {
        Answer.TryAgain { Cause: Cause.Other } again => again with { Cause = CauseOf(fault) },
        Answer.Refused { Cause: Cause.Other } refused => refused with { Cause = CauseOf(fault) },
        _ => answer,
    };

    /// <summary>Why, in words for the operator.</summary>
    public string Reason => answer switch
    {
        Answer.TryAgain again => again.Reason,
        Answer.Refused refused => refused.Reason,
        _ => fault.ToString(),
    };

    /// <summary>The attribute, code or status it is about.</summary>
    public string Where { get; init; } = "";

    /// <summary>The same as data, for whoever says it in a language.</summary>
    public Hindrance Hindrance => new(fault, Where);

    /// <summary>iTop's own sentence, for the eyes of whoever gave the command only: it may quote values, which are
    /// logged nowhere. Null: it said none.</summary>
    public string? Sentence { get; init; }

    /// <summary>Whether it is REST's own answer: a code other than 0.</summary>
    public bool IsRefusal => fault >= ItopFault.Login;

    static Cause CauseOf(ItopFault fault) => fault switch
    {
        ItopFault.Unreachable or ItopFault.Untrusted or ItopFault.Broken => Cause.NoAnswer,
        ItopFault.Holding or ItopFault.Maintenance or ItopFault.Failed or ItopFault.Busy or ItopFault.OtherState =>
            Cause.Unavailable,
        ItopFault.TooBig or ItopFault.AnswerTooBig => Cause.TooLarge,
        ItopFault.Elsewhere or ItopFault.NotThere => Cause.NotThere,
        ItopFault.NotRest => Cause.Unreadable,
        ItopFault.Login => Cause.Credentials,
        ItopFault.NoRest or ItopFault.Portal or ItopFault.WriteDenied or ItopFault.ReadDenied => Cause.Rights,
        ItopFault.Missing
        or ItopFault.WrongValue
        or ItopFault.TooLong
        or ItopFault.WrongFormat
        or ItopFault.NotInModel
        or ItopFault.Several
        or ItopFault.Duplicate => Cause.Invalid,
        _ => Cause.Other,
    };

    /// <summary>Whether the account was let in and lacks the right to this.</summary>
    public bool LacksRight => fault is ItopFault.WriteDenied or ItopFault.ReadDenied;
}
