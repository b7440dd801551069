namespace GroupTicketing.Host;

/// <summary>Everything a process is told, from <c>appsettings.json</c>, the environment (<c>GROUPTICKETING__…</c>) and
/// the command line, the last winning.</summary>
public sealed record HostSettings
{
    /// <summary>The folder of the store and the files. Default <c>data</c>.</summary>
    public string Data { get; init; } = "data";

    /// <summary>The folder of the catalogue, the schools and the calendar. Default <c>deploy/pilot</c>.</summary>
    public string Directory { get; init; } = "deploy/pilot";

    /// <summary>Where to listen. Default <c>http://127.0.0.1:5080</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Our own address for schools, for the links in callbacks. Default: the first of <see cref="Urls"/>.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>RabbitMQ; left out: the embedded bus, for all services in one process.</summary>
    public BusSettings Bus { get; init; } = new();

    /// <summary>MongoDB; left out: the embedded store in <see cref="Data"/>.</summary>
    public StoreSettings Store { get; init; } = new();

    /// <summary>Where metrics are read.</summary>
    public MetricsSettings Metrics { get; init; } = new();

    /// <summary>The group's iTop.</summary>
    public ItopSettings Itop { get; init; } = new();

    /// <summary>What schools' addresses may be.</summary>
    public OutsideSettings Outside { get; init; } = new();

    /// <summary>The clock of a drill.</summary>
    public ClockSettings Clock { get; init; } = new();

    /// <summary>Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks,
    /// separated by commas. Default: this machine. Empty: nobody.</summary>
    public string Proxies { get; init; } = "127.0.0.0/8, ::1";

    /// <summary>How many refused keys an address may send the gateway in a minute; it is answered 429 for the rest of
    /// it, but on the schools' events never. 1 to 10000, default 20.</summary>
    public int BadKeysPerMinute { get; init; } = 20;

    /// <summary>
    /// Whether secrets that stand in schools' files (<c>demo:</c>) are taken, which everybody knows; option
    /// <c>--insecure-demo</c>. Default false:
    /// never where real tickets are.
    /// </summary>
    public bool InsecureDemo { get; init; }

    /// <summary>How many MiB of schools' posts over 64 KiB are read at once, in files under <see cref="Data"/>; over it
    /// they are answered 503 and sent again. 64 to 65536, default 256.</summary>
    public int IncomingMiB { get; init; } = 256;

    /// <summary>Addresses of services that live elsewhere, by name, e.g. <c>http://intake:8080</c>; for the gateway.</summary>
    public Dictionary<string, Uri> Services { get; init; } = [];

    /// <summary>Without passwords, and without addresses that may bear one.</summary>
    public override string ToString() =>
        $"data {Data}, directory {Directory}, urls {Urls}, bus {Bus}, store {Store}, iTop {Itop}";
}
