using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector;

/// <summary>Calls to and from their stored form.</summary>
static class Calls
{
    public static ItopCall Read(PendingCall call) => call.Kind switch
    {
        "create" => Json.Read<ItopCall.Create>(call.Body),
        "adopt" => Json.Read<ItopCall.Adopt>(call.Body),
        "write" => Json.Read<ItopCall.Write>(call.Body),
        "remind" => Json.Read<ItopCall.Remind>(call.Body),
        "attach" => Json.Read<ItopCall.Attach>(call.Body),
        "settle" => Json.Read<ItopCall.Settle>(call.Body),
        "twins" => Json.Read<ItopCall.Twins>(call.Body),
        "read" => Json.Read<ItopCall.Read>(call.Body),
        "fetch" => Json.Read<ItopCall.Fetch>(call.Body),
        "letgo" => Json.Read<ItopCall.LetGo>(call.Body),
        _ => throw new InvalidOperationException($"a call of another release: {call.Kind}"),
    };
}
