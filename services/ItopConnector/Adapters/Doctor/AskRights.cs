using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What the account may, by calls that change nothing: iTop looks at the right before it looks for the object,
/// and there is none with the id 0.</summary>
sealed class AskRights(TimedItop itop)
{
    public async Task<LoginSeen> Login(CancellationToken ct)
    {
        try
        {
            await itop.Call(new JsonObject { ["operation"] = "list_operations" }, ct);
            return LoginSeen.Taken;
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.Login or ItopFault.Portal or ItopFault.NoRest)
        {
            return exception.Fault switch
            {
                ItopFault.Login => LoginSeen.Refused,
                ItopFault.Portal => LoginSeen.PortalUser,
                _ => LoginSeen.WithoutRestProfile,
            };
        }
    }

    /// <summary>Create, update and stimuli of requests: of these the stimulus asks for the most.</summary>
    public Task<bool?> Write(CancellationToken ct) =>
        Asked(Change("core/apply_stimulus", "UserRequest", ("stimulus", "ev_assign")), ct);

    public Task<bool?> Attach(CancellationToken ct) => Asked(Change("core/update", "Attachment"), ct);

    public Task<bool?> WritePeople(CancellationToken ct) => Asked(Change("core/update", "Person"), ct);

    /// <summary>Whether our module is installed: its attribute is known.</summary>
    public async Task<bool?> HasKey(CancellationToken ct)
    {
        try
        {
            await itop.Call(Nothing("UserRequest", $"id,{Marker.Attribute}"), ct);
            return true;
        }
        catch (ItopException exception) when (exception.IsRefusal)
        {
            return exception.Fault is ItopFault.NotInModel ? false : null;
        }
    }

    public Task<bool?> Read(string itopClass, CancellationToken ct) => Asked(Nothing(itopClass, "id"), ct);

    /// <summary>Null: a request's fields, named as the connector does, can be read.</summary>
    public async Task<Hindrance?> Unreadable(CancellationToken ct)
    {
        try
        {
            await itop.Call(Nothing("UserRequest", ReadFields.Names), ct);
            return null;
        }
        catch (ItopException exception) when (exception.IsRefusal)
        {
            return exception.Hindrance;
        }
    }

    // What says that there is no such object has found nothing wrong with the right.
    async Task<bool?> Asked(JsonObject operation, CancellationToken ct)
    {
        try
        {
            await itop.Call(operation, ct);
            return true;
        }
        catch (ItopException exception) when (exception.LacksRight)
        {
            return false;
        }
        catch (ItopException exception) when (exception.IsRefusal && exception.Fault is not ItopFault.Login)
        {
            return exception.Fault is ItopFault.NotThere ? true : null;
        }
    }

    static JsonObject Nothing(string itopClass, string fields) =>
        new()
        {
            ["operation"] = "core/get",
            ["class"] = itopClass,
            ["key"] = $"SELECT {itopClass} WHERE id = 0",
            ["output_fields"] = fields,
        };

    static JsonObject Change(string operation, string itopClass, params ReadOnlySpan<(string Name, string Value)> also)
    {
        var call = new JsonObject
        {
            ["operation"] = operation,
            ["class"] = itopClass,
            ["key"] = $"SELECT {itopClass} WHERE id = 0",
            ["comment"] = "GroupTicketing itop doctor",
            ["fields"] = new JsonObject(),
            ["output_fields"] = "id",
        };
        foreach (var (name, value) in also)
            call[name] = value;
        return call;
    }
}
