using GroupTicketing.Host.Commands;
using GroupTicketing.Intake;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Host;

/// <summary>All configuration, read and checked: everything that is wrong at once, or something that can be run.</summary>
/// <param name="Schools">With errors those that could be read, to be checked and never run.</param>
/// <param name="Errors">A line each, with file and line where there is one, and how to mend it.</param>
/// <param name="Warnings">What a person should know, though it stops nothing.</param>
public sealed record Configuration(
    HostSettings Settings,
    Catalogue? Catalogue,
    Calendar? Calendar,
    IReadOnlyList<School> Schools,
    IReadOnlyDictionary<string, SchoolSecrets> Secrets,
    ItopOptions? Itop,
    PlatformOptions PlatformOptions,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Reads everything the settings name.</summary>
    /// <param name="services">The services to be opened: what only others need is not asked for.</param>
    public static Configuration Read(HostSettings settings, IReadOnlyCollection<string> services)
    {
        var reading = RegistryLoader.Load(settings.Directory, [.. IntakeModule.Dialects.Keys]);
        var errors = reading.Errors.Select(problem => problem.ToString()).ToList();
        var secrets = new Dictionary<string, SchoolSecrets>();
        foreach (var school in reading.Checkable)
        {
            var resolved = Registry.Secrets.Resolve(school, settings.Directory, settings.InsecureDemo);
            errors.AddRange(resolved.Errors.Select(problem => problem.ToString()));
            secrets[school.Slug] = resolved.Secrets;
        }
        Edge.Check(settings, services, errors);
        var itop = services.Contains("itop") ? ReadItop(settings.Itop, errors) : null;
        var platform = Engines.Read(settings, services, errors);
        var isEmbedded = platform.Store is null && platform.Data.Length > 0;
        if (isEmbedded && SqliteStore.Refused(Platform.PlatformSetup.StoreFile(platform.Data)) is { } refused)
            errors.Add(refused);
        var addresses = new SchoolAddresses(platform.Outside) { Language = CommandTexts.Language };
        errors.AddRange(
            from school in reading.Checkable
            from called in OutsideSettings.Called(school, services)
            let fault = addresses.Fault(called.Address)
            where fault is not null
            select $"{FileOf(settings, school)}: {called.Key}: {fault}"
        );
        return new(
            settings,
            reading.Catalogue,
            reading.Calendar,
            reading.Checkable,
            secrets,
            itop,
            platform,
            errors,
            [.. reading.Warnings.Select(problem => problem.ToString())]
        );
    }

    /// <summary>The iTop that is set; what is wrong with it is added to <paramref name="errors"/>.</summary>
    public static ItopOptions? ReadItop(ItopSettings settings, List<string> errors)
    {
        var before = errors.Count;
        if (!Edge.IsCalled(settings.Url))
            errors.Add(CommandTexts.Text("ItopUrlMissing"));
        if (settings.WebUrl is not null && !Edge.IsCalled(settings.WebUrl))
            errors.Add(CommandTexts.Text("ItopWebUrl"));
        var (user, password) = Engines.Login("Itop", settings, errors);
        if (settings.PollEvery < TimeSpan.FromSeconds(0.5) || settings.PollEvery > TimeSpan.FromMinutes(5))
            errors.Add(CommandTexts.Text("PollEveryOutside", settings.PollEvery));
        if (settings.ReconcileEvery < TimeSpan.FromMinutes(1) || settings.ReconcileEvery > TimeSpan.FromDays(1))
            errors.Add(CommandTexts.Text("ReconcileEveryOutside", settings.ReconcileEvery));
        if (settings.Writers is < 1 or > 16)
            errors.Add(CommandTexts.Text("WritersOutside", settings.Writers));
        if (errors.Count > before)
            return null;
        return new ItopOptions
        {
            Url = Slashed(settings.Url!),
            WebUrl = settings.WebUrl is null ? null : Slashed(settings.WebUrl),
            User = user,
            Password = password,
            PollEvery = settings.PollEvery,
            ReconcileEvery = settings.ReconcileEvery,
            Writers = settings.Writers,
        };
    }

    /// <summary>A school's file, for messages.</summary>
    public static string FileOf(HostSettings settings, School school) =>
        Path.Combine(settings.Directory, "schools", $"{school.Slug}.yaml");

    static Uri Slashed(Uri url) => url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
}
