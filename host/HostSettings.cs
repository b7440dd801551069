namespace GroupTicketing.Host;

/// <summary>Everything a process is told, from <c>appsettings.json</c>, the environment (<c>GROUPTICKETING__…</c>) and the command line, the last winning.</summary>
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

    /// <summary>Addresses of services that live elsewhere, by name; for the gateway.</summary>
    public Dictionary<string, Uri> Services { get; init; } = [];
}

/// <summary>A login, as set: the password by file, or from the environment.</summary>
public record LoginSettings
{
    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>A file that holds its password; or <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Its password, from the environment.</summary>
    public string? Password { get; init; }
}

/// <summary>RabbitMQ, as set.</summary>
public sealed record BusSettings : LoginSettings
{
    /// <summary>Its address with the virtual host: <c>amqp://rabbitmq:5672/groupticketing</c>, or <c>amqps</c> for TLS.</summary>
    public Uri? Url { get; init; }
}

/// <summary>MongoDB, as set.</summary>
public sealed record StoreSettings : LoginSettings
{
    /// <summary>Its address with the database, without a login: <c>mongodb://mongo:27017/groupticketing?replicaSet=rs0</c>.</summary>
    public string? Url { get; init; }
}

/// <summary>Metrics for Prometheus, as set.</summary>
public sealed record MetricsSettings
{
    /// <summary>An address of its own that serves only <c>/metrics</c>, e.g. <c>http://127.0.0.1:9464</c>; left out: none.</summary>
    public string? Url { get; init; }
}

/// <summary>The group's iTop, as set.</summary>
public sealed record ItopSettings : LoginSettings
{
    /// <summary>Its address. Required where the connector is open.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its address for people; default <see cref="Url"/>.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>How often changes are looked for: 0.5 s to 5 min, default 6 s.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Writes at a time: 1 to 16, default 4.</summary>
    public int Writers { get; init; } = 4;
}
