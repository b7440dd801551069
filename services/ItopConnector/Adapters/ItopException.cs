using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop did not do it, or nobody knows.</summary>
public sealed class ItopException(ItopFault fault, Answer answer) : Exception("iTop did not do it")
{
    public ItopFault Fault => fault;

    public Answer Answer => answer;

    /// <summary>Why, in words for the operator.</summary>
    public string Reason => answer switch
    {
        Answer.TryAgain again => again.Reason,
        Answer.Refused refused => refused.Reason,
        _ => fault.ToString(),
    };

    /// <summary>Whether it is REST's own answer: a code other than 0.</summary>
    public bool IsRefusal => fault >= ItopFault.Login;

    /// <summary>Whether the account was let in and lacks the right to this.</summary>
    public bool LacksRight => fault is ItopFault.WriteDenied or ItopFault.ReadDenied;
}
