using GroupTicketing.Platform;
using MongoDB.Driver;

namespace GroupTicketing.Host;

/// <summary>Which bus and which store, from the settings.</summary>
public static class Engines
{
    /// <summary>The house's options; what is wrong with them is added to <paramref name="errors"/>.</summary>
    /// <param name="services">The services to be opened in this process.</param>
    public static HouseOptions Read(HostSettings settings, IReadOnlyCollection<string> services, List<string> errors)
    {
        var alone = Modules.Names.Except(services).Except(["gateway"]).Any() && services.Any(service => service != "gateway");
        if (alone && settings.Bus.Url is null)
            errors.Add("setting Bus:Url: services apart need RabbitMQ between them, e.g. amqp://rabbitmq:5672/groupticketing; or open all of them in one process");
        if (alone && settings.Store.Url is null)
            errors.Add("setting Store:Url: services apart need MongoDB, e.g. mongodb://mongo:27017/groupticketing; or open all of them in one process");
        if (settings.IncomingMiB is < 64 or > 65_536)
            errors.Add($"setting IncomingMiB: {settings.IncomingMiB} is not between 64 and 65536; leave it out for 256");
        return new HouseOptions(settings.Data, Store(settings.Store, errors), Bus(settings.Bus, errors), settings.Clock.Offset)
        {
            Incoming = settings.IncomingMiB * 1024L * 1024,
            Outside = settings.Outside.Read(settings.PublicUrl, errors),
        };
    }

    /// <summary>A login; empty after an error.</summary>
    public static (string User, string Password) Login(string section, LoginSettings settings, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(settings.User))
            errors.Add($"setting {section}:User: give the account's name");
        var password = settings.Password;
        if (settings.PasswordFile is { } file)
            password = Read(file);
        if (string.IsNullOrEmpty(password))
        {
            errors.Add(settings.PasswordFile is { } missing
                ? $"setting {section}:PasswordFile: {missing} is missing, empty or not readable; write the account's password there"
                : $"setting {section}:PasswordFile: name the file that holds the account's password");
        }
        return (settings.User ?? "", password ?? "");
    }

    static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static BusOptions? Bus(BusSettings settings, List<string> errors)
    {
        if (settings.Url is not { } url)
            return null;
        if (url is not { IsAbsoluteUri: true, Scheme: "amqp" or "amqps", UserInfo: "" })
            errors.Add("setting Bus:Url: give RabbitMQ's address with the virtual host and without a login, e.g. amqp://rabbitmq:5672/groupticketing");
        var (user, password) = Login("Bus", settings, errors);
        if (user == "guest" || password == "guest")
            errors.Add("setting Bus:User: RabbitMQ's default account guest is refused; make a user with a password of its own for each service (deploy/rabbitmq)");
        return new BusOptions(url, user, password);
    }

    static string? Store(StoreSettings settings, List<string> errors)
    {
        if (settings.Url is not { } url)
            return null;
        try
        {
            var address = new MongoUrlBuilder(url);
            if (address.DatabaseName is null || address.Username is not null)
                errors.Add("setting Store:Url: give MongoDB's address with the database and without a login, e.g. mongodb://mongo:27017/groupticketing");
            if (settings.User is not null || settings.PasswordFile is not null)
                (address.Username, address.Password) = Login("Store", settings, errors);
            return address.ToString();
        }
        catch (MongoConfigurationException)
        {
            errors.Add("setting Store:Url: this is no address of MongoDB, e.g. mongodb://mongo:27017/groupticketing");
            return null;
        }
    }
}
