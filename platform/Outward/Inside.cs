using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Platform;

/// <summary>Which addresses lie inside: this machine's, its networks', and those that are nobody's. A school's file
/// must not lead there.</summary>
public static class Inside
{
    const int BytesOfV4 = 4;

    // RFC 6890 and its successors; and the one address outside that a cloud answers on to its own machines.
    static readonly IReadOnlyList<IPNetwork> networks =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "168.63.129.16/32",
                    // Teredo and whatever else IETF protocols use, documentation, 6to4.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                ]
        ).Select(network => IPNetwork.Parse(network)),
    ];

    // All that is given to anybody of IPv6.
    static readonly IPNetwork given = IPNetwork.Parse("2000::/3");
    static readonly IPNetwork nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether it lies inside; one that stands for an address of IPv4 as that one does. Of ISATAP both count: the
    /// network it is in, and the address of IPv4 that it leads to.</summary>
    public static bool Holds(IPAddress address)
    {
        var plain = Plain(address);
        return networks.Any(network => network.Contains(plain))
            || (plain.AddressFamily is AddressFamily.InterNetworkV6 && !given.Contains(plain))
            || (IsIsatap(plain) && Holds(Last(plain)));
    }

    /// <summary>The address of IPv4 that one of IPv6 stands for, or it itself.</summary>
    public static IPAddress Plain(IPAddress address) => address switch
    {
        { AddressFamily: not AddressFamily.InterNetworkV6 } => address,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        _ when nat64.Contains(address) => Last(address),
        _ => address,
    };

    static IPAddress Last(IPAddress address) => new(address.GetAddressBytes().AsSpan()[^BytesOfV4..]);

    // RFC 5214, section 6.1: 0:5efe or 200:5efe, then the address of IPv4.
    static bool IsIsatap(IPAddress address) => address.GetAddressBytes() is [.., 0 or 2, 0, 0x5e, 0xfe, _, _, _, _];
}
