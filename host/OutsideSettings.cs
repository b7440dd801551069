using GroupTicketing.Host.Commands;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Host;

/// <summary>What addresses in schools' files may be, as set. iTop's and every other of the settings is the operator's,
/// and called as it is.</summary>
public sealed record OutsideSettings
{
    const string None = "none";

    /// <summary>
    /// Networks that may be called though they lie inside (this machine's, private, reserved): addresses and networks,
    /// separated by
    /// commas, or <c>none</c>. Default none.
    /// </summary>
    public string Allow { get; init; } = None;

    /// <summary>Whether an address without https is called; for a try-out. Default false.</summary>
    public bool Http { get; init; }

    /// <summary>
    /// The proxy that schools' tools are called through, e.g. <c>http://proxy.example:3128</c>; left out: none,
    /// whatever the environment
    /// says.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>.</summary>
    /// <param name="own">Our own address for schools.</param>
    public OutsideOptions Read(Uri? own, List<string> errors)
    {
        var parts = Allow == None ? [] : Edge.Parts(Allow);
        errors.AddRange(parts.Where(part => Edge.Network(part) is null)
            .Select(part => CommandTexts.Text("AllowUnread", part)));
        if (Proxy is not null and not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" })
            errors.Add(CommandTexts.Text("ProxyAddress"));
        var networks = parts.Select(Edge.Network).OfType<System.Net.IPNetwork>();
        return new OutsideOptions { Allow = [.. networks], Http = Http, Proxy = Proxy, Own = own };
    }

    /// <summary>Without the proxy's address, which may bear a login.</summary>
    public override string ToString() => $"allow {Allow}, http {Http}";

    /// <summary>The addresses of a school's file that these services call, by where they stand in it.</summary>
    public static IEnumerable<(string Key, Uri Address)> Called(School school, IReadOnlyCollection<string> services)
    {
        if (school.Callback is { } callback && services.Contains("notification"))
            yield return ("callback", callback.Url);
        if (school.Read is { } read && services.Contains("intake"))
            yield return ("read", read.Url);
    }
}
