using GroupTicketing.Gateway;
using GroupTicketing.Intake;
using GroupTicketing.ItopConnector;
using GroupTicketing.Notification;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Routing;

namespace GroupTicketing.Host;

/// <summary>The list of parts: the whole product.</summary>
public static class Modules
{
    /// <summary>Every module's name, in the order a ticket meets them.</summary>
    public static readonly IReadOnlyList<string> Names = ["gateway", "intake", "routing", "itop", "notification", "portal"];

    /// <summary>The modules named; all of them when none is.</summary>
    public static IReadOnlyList<IModule> Open(IReadOnlyCollection<string> named, HostSettings settings)
    {
        var here = Names.Where(name => named.Count == 0 || named.Contains(name)).ToList();
        return [.. here.Select(name => Make(name, here, settings))];
    }

    /// <summary>The names that are no module's.</summary>
    public static IReadOnlyList<string> Unknown(IEnumerable<string> named) => [.. named.Except(Names)];

    static IModule Make(string name, IReadOnlyCollection<string> here, HostSettings settings) => name switch
    {
        "gateway" => new GatewayModule(settings.Services, here, settings.BadKeysPerMinute),
        "intake" => new IntakeModule(),
        "routing" => new RoutingModule(),
        "itop" => new ItopModule(),
        "notification" => new NotificationModule(settings.PublicUrl ?? new Uri(settings.Urls.Split(';')[0])),
        _ => new PortalModule(),
    };
}
