using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector;

/// <summary>Calls to and from their stored form.</summary>
static class Calls
{
    public static ItopCall Read(Debt debt) => debt.Kind switch
    {
        "create" => Json.Read<ItopCall.Create>(debt.Body),
        "adopt" => Json.Read<ItopCall.Adopt>(debt.Body),
        "write" => Json.Read<ItopCall.Write>(debt.Body),
        "remind" => Json.Read<ItopCall.Remind>(debt.Body),
        "attach" => Json.Read<ItopCall.Attach>(debt.Body),
        "settle" => Json.Read<ItopCall.Settle>(debt.Body),
        "twins" => Json.Read<ItopCall.Twins>(debt.Body),
        "read" => Json.Read<ItopCall.Read>(debt.Body),
        "fetch" => Json.Read<ItopCall.Fetch>(debt.Body),
        "letgo" => Json.Read<ItopCall.LetGo>(debt.Body),
        _ => throw new InvalidOperationException($"a debt of another release: {debt.Kind}"),
    };
}
