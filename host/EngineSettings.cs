namespace GroupTicketing.Host;

/// <summary>A login, as set: the password by file, or from the environment.</summary>
public record LoginSettings
{
    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>A file that holds its password; or <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Its password, from the environment.</summary>
    public string? Password { get; init; }

    /// <summary>Without the password, and without the address, which may bear one.</summary>
    public sealed override string ToString() => $"user {User}, password file {PasswordFile}";
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
    /// <summary>Its address with the database, without a login:
    /// <c>mongodb://mongo:27017/groupticketing?replicaSet=rs0</c>.</summary>
    public string? Url { get; init; }
}

/// <summary>Metrics for Prometheus, as set.</summary>
public sealed record MetricsSettings
{
    /// <summary>An address of its own that serves only <c>/metrics</c>, e.g. <c>http://127.0.0.1:9464</c>; left out:
    /// none.</summary>
    public string? Url { get; init; }
}

/// <summary>The clock, as set. For drills only: how an outage of hours or days is tried in minutes.</summary>
public sealed record ClockSettings
{
    /// <summary>How far this process' wall clock is ahead of the machine's, e.g. <c>8:00:00</c> or <c>21.00:00:00</c>;
    /// negative: behind. Default zero: never set it where real tickets are.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.Zero;
}
