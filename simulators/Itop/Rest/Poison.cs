namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Requests whose public log iTop cannot show, whoever asked for it and whatever it did first.</summary>
public static class Poison
{
    public static Answer Check(Answer answer, FaultState faults)
    {
        var shown = answer.Objects?.Where(one => one.Object.Class == "UserRequest" && one.Codes.Contains("public_log")) ?? [];
        return faults.PoisonIn(shown.Select(one => one.Object.Id)) is { } shape ? throw In(shape) : answer;
    }

    // What json_encode says of a byte that is no UTF-8, PHP's page, nothing at all, half an answer, or one that never comes.
    private static Exception In(string shape) => shape switch
    {
        "html500" => new PhpFailure(),
        "empty" => new EmptyAnswer(),
        "broken" => new BrokenAnswer(),
        "slow" => new SlowAnswer(),
        _ => Refusal.Error("JSON encoding failed: Malformed UTF-8 characters, possibly incorrectly encoded"),
    };
}
