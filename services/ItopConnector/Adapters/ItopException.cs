using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop did not do it, or nobody knows.</summary>
/// <param name="code">iTop's own code; 0 where it gave none.</param>
/// <param name="said">Its message, in the account's language. It may quote what people wrote: to be looked at, never logged.</param>
public sealed class ItopException(Answer answer, int code = 0, string said = "") : Exception("iTop did not do it")
{
    public Answer Answer => answer;

    public int Code => code;

    public string Said => said;

    /// <summary>In words of ours.</summary>
    public string Reason => answer switch
    {
        Answer.TryAgain again => again.Reason,
        Answer.Refused refused => refused.Reason,
        _ => Message,
    };

    /// <summary>Whether the account, known as it is, lacks the right.</summary>
    public bool LacksRight => code == 1 && !said.Contains("Invalid login", StringComparison.Ordinal);
}
