using GroupTicketing.Host.Commands;
using GroupTicketing.Platform;
using MongoDB.Driver;

namespace GroupTicketing.Host;

/// <summary>Which bus and which store, from the settings.</summary>
public static class Engines
{
    /// <summary>The house's options; what is wrong with them is added to <paramref name="errors"/>.</summary>
    /// <param name="services">The services to be opened in this process.</param>
    public static PlatformOptions Read(HostSettings settings, IReadOnlyCollection<string> services, List<string> errors)
    {
        var alone = Modules.Names.Except(services).Except(["gateway"]).Any() && services.Any(service => service != "gateway");
        if (alone && settings.Bus.Url is null)
            errors.Add(CommandTexts.Text("NeedsRabbit"));
        if (alone && settings.Store.Url is null)
            errors.Add(CommandTexts.Text("NeedsMongo"));
        if (settings.Data.Length == 0)
            errors.Add(CommandTexts.Text("DataMissing"));
        if (settings.IncomingMiB is < 64 or > 65_536)
            errors.Add(CommandTexts.Text("IncomingOutside", settings.IncomingMiB));
        return new PlatformOptions(settings.Data, Store(settings.Store, errors), Bus(settings.Bus, errors), settings.Clock.Offset)
        {
            Incoming = settings.IncomingMiB * 1024L * 1024,
            Outside = settings.Outside.Read(Edge.IsCalled(settings.PublicUrl) ? settings.PublicUrl : null, errors),
        };
    }

    /// <summary>A login; empty after an error.</summary>
    public static (string User, string Password) Login(string section, LoginSettings settings, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(settings.User))
            errors.Add(CommandTexts.Text("UserMissing", section));
        var password = settings.Password;
        if (settings.PasswordFile is { Length: > 0 } file)
            password = Read(file);
        if (string.IsNullOrEmpty(password))
        {
            errors.Add(settings.PasswordFile is { Length: > 0 } missing
                ? CommandTexts.Text("PasswordUnread", section, missing)
                : CommandTexts.Text("PasswordUnnamed", section));
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
            errors.Add(CommandTexts.Text("BusAddress"));
        var (user, password) = Login("Bus", settings, errors);
        if (user == "guest" || password == "guest")
            errors.Add(CommandTexts.Text("GuestRefused"));
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
                errors.Add(CommandTexts.Text("StoreAddress"));
            if (settings.User is not null || settings.PasswordFile is not null)
                (address.Username, address.Password) = Login("Store", settings, errors);
            return address.ToString();
        }
        catch (MongoConfigurationException)
        {
            errors.Add(CommandTexts.Text("StoreUnread"));
            return null;
        }
    }
}
