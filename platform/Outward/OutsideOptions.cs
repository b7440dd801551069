using System.Net;

namespace GroupTicketing.Platform;

/// <summary>What schools' addresses may be.</summary>
public sealed record OutsideOptions
{
    /// <summary>Networks that may be called though they lie inside. Default none.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>Whether an address without https is called. Default false.</summary>
    public bool Http { get; init; }

    /// <summary>The proxy schools' tools are called through, itself the operator's; null: none, whatever the
    /// environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Our own address for schools: calling it would be calling ourselves.</summary>
    public Uri? Own { get; init; }

    /// <summary>Without addresses, which may bear a login.</summary>
    public override string ToString() => $"http {Http}";
}

/// <summary>A school's address may not be called; the text says why, and how to mend it.</summary>
public sealed class AddressRefusedException(string message) : Exception(message);
