using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Looks at an iTop with the account that is set; writes nothing unless a try is asked for.</summary>
public sealed class ExamineItop(HttpClient http, ItopOptions options, TimeProvider clock)
{
    readonly TimedItop itop = new(new ItopClient(http, options, clock), clock);
    readonly ItopWebServer server = new(http, options, clock);

    /// <param name="files">What to compare it with; null: it has errors.</param>
    /// <param name="trying">Whether a request is opened and closed for a try.</param>
    public async Task<Observed> Look(RegistryReading? files, bool trying, CancellationToken ct)
    {
        var rights = new AskRights(itop);
        try
        {
            var login = await rights.Login(ct);
            return login == LoginSeen.Taken ? await Inside(rights, files, trying, ct) : new Observed { Login = login };
        }
        catch (ItopException exception)
        {
            return new Observed { Unreached = exception.Hindrance };
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Observed { Unreached = new(ItopFault.Broken) };
        }
    }

    async Task<Observed> Inside(AskRights rights, RegistryReading? files, bool trying, CancellationToken ct)
    {
        var seen = new Observed
        {
            Version = await Version(ct),
            Unreadable = await rights.Unreadable(ct),
            MayWrite = await rights.Write(ct),
            MayAttach = await rights.Attach(ct),
            MayReadFiles = await rights.Read("Attachment", ct),
            MayReadHistory = await rights.Read("CMDBChangeOp", ct),
            HasKey = await rights.HasKey(ct),
            IsAdministrator = await rights.Read("UserLocal", ct) ?? false,
            Mailings = await new AskMailings(itop).All(ct),
            PasswordHasColon = options.Password.Contains(':'),
            TakesBasic = await server.TakesBasic(ct),
            LargestBody = await server.LargestBody(ct),
            ClockAhead = await server.ClockAhead(ct),
        };
        if (files?.Catalogue is { } catalogue)
            seen = await Compared(seen, catalogue, files.Schools, trying, ct);
        if (seen.CallersAreCreated)
            seen = seen with { MayWritePeople = await rights.WritePeople(ct) };
        if (seen.Unreadable is null)
            seen = seen with { Language = await Language(ct), HasChangesToCome = await HasChangesToCome(ct) };
        return seen with { Calls = itop.Took };
    }

    async Task<Observed> Compared(
        Observed seen,
        Catalogue catalogue,
        IReadOnlyList<School> schools,
        bool trying,
        CancellationToken ct
    )
    {
        var has = await new ReadCatalogue(itop.Itop).Read(Drift.Kinds, Drift.People(catalogue, schools), ct);
        return seen with
        {
            Drift = Drift.Find(catalogue, schools, has),
            Closed = has.Closed,
            TeamsWithoutAddress = Drift.TeamsWithoutAddress(catalogue, schools, has),
            CallersAreCreated = schools.Any(school => school is { Pilot: true, UnknownCaller: UnknownCaller.Create }),
            Unmirrored = [.. schools.Where(school => school is { Pilot: true, MirrorFrom: null }).Select(school => school.Name)],
            CallersAreRequesters = schools.Any(school => school is { Pilot: true, Caller: Party.Requester }),
            Tried = trying
                ? await new TryTicket(itop.Itop, clock).Try(catalogue.Group.Organisation, catalogue.Group.ConnectorContact, ct)
                : null,
        };
    }

    async Task<string?> Version(CancellationToken ct)
    {
        try
        {
            var installed = await itop.Get(
                "ModuleInstallation",
                "SELECT ModuleInstallation WHERE name = 'iTop'",
                "version,installed",
                100,
                ct
            );
            return installed.MaxBy(one => one.Text("installed"), StringComparer.Ordinal)?.Text("version");
        }
        catch (ItopException exception) when (exception.IsRefusal)
        {
            return null;
        }
    }

    // iTop translates this field's yes and no, the only such text a connector's account may read.
    async Task<string?> Language(CancellationToken ct) =>
        (await itop.Get("UserRequest", "SELECT UserRequest", "sla_tto_passed", 1, ct))
            .FirstOrDefault()
            ?.Text("sla_tto_passed") switch
        {
            "no" or "yes" => "EN",
            var other => other,
        };

    async Task<bool> HasChangesToCome(CancellationToken ct)
    {
        var later = ItopTime.Local(clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        return (await itop.Get("UserRequest", $"SELECT UserRequest WHERE last_update >= '{later}'", "id", 1, ct)).Count > 0;
    }
}
