namespace GroupTicketing.ItopConnector.Core;

/// <summary>What was seen → what is said of it, in the order in which a person mends it.</summary>
public static class Diagnosis
{
    public static IReadOnlyList<Finding> From(Observed seen)
    {
        if (Locked(seen) is { } locked)
            return [locked];
        return
        [
            new(Health.Well, "Login"),
            .. Rights(seen),
            .. Times.Check(seen),
            .. Catalogued(seen),
            .. WebServer(seen),
            .. Mailing.Findings(seen),
            .. Mirrored(seen),
        ];
    }

    static IEnumerable<Finding> Mirrored(Observed seen) =>
        seen.Unmirrored.Count == 0 ? [] : [new(Health.Ailing, "Unmirrored", string.Join(", ", seen.Unmirrored))];

    // Behind a closed door nothing else can be told.
    static Finding? Locked(Observed seen) => seen switch
    {
        { Unreached.Fault: ItopFault.Maintenance } => new(Health.Broken, "Maintenance"),
        { Unreached.Fault: ItopFault.Failed } => new(Health.Broken, "Failing"),
        { Unreached: { } reason } => new(Health.Broken, "Unreached", reason),
        { Login: LoginSeen.Refused } => new(Health.Broken, "LoginRefused"),
        { Login: LoginSeen.WithoutRestProfile } => new(Health.Broken, "NoRestProfile"),
        { Login: LoginSeen.PortalUser } => new(Health.Broken, "PortalUser"),
        _ => null,
    };

    static IEnumerable<Finding> Rights(Observed seen)
    {
        yield return seen.Version switch
        {
            null => new(Health.Untold, "VersionUntold"),
            var version when version.StartsWith("3.2.", StringComparison.Ordinal) => new(Health.Well, "Version", version),
            var version => new(Health.Ailing, "VersionOther", version),
        };
        yield return seen.Unreadable is { } reason ? new(Health.Broken, "Unreadable", reason) : new(Health.Well, "Readable");
        yield return Right(seen.MayWrite, "Write", Health.Broken);
        yield return Right(seen.MayAttach, "Attach", Health.Broken);
        yield return Right(seen.MayReadFiles, "ReadFiles", Health.Broken);
        yield return Right(seen.MayReadHistory, "History", Health.Untold);
        yield return seen.HasKey switch
        {
            true => new(Health.Well, "Key"),
            false => new(Health.Untold, "KeyAbsent"),
            null => new(Health.Untold, "KeyUntold"),
        };
        if (seen.CallersAreCreated)
            yield return Right(seen.MayWritePeople, "People", Health.Ailing);
        if (seen.IsAdministrator)
            yield return new(Health.Ailing, "Administrator");
        yield return seen.Language switch
        {
            null => new(Health.Untold, "LanguageUntold"),
            "EN" => new(Health.Well, "Language"),
            var other => new(Health.Ailing, "LanguageOther", other),
        };
    }

    static Finding Right(bool? given, string name, Health without) => given switch
    {
        true => new(Health.Well, name),
        false => new(without, $"{name}Denied"),
        null => new(Health.Untold, $"{name}Untold"),
    };

    static IEnumerable<Finding> Catalogued(Observed seen)
    {
        if (seen.Drift is not { } drift)
            return [new(Health.Untold, "FilesUnread")];
        var closed = seen.Closed.Select(kind => new Finding(Health.Broken, "CatalogueClosed", kind));
        var found = drift.Select(one => new Finding(one.How is DriftKind.Differs ? Health.Ailing : Health.Broken, "Drift", one));
        return drift.Count + seen.Closed.Count == 0 ? [new(Health.Well, "Catalogue")] : [.. closed, .. found];
    }

    static IEnumerable<Finding> WebServer(Observed seen)
    {
        yield return seen.LargestBody switch
        {
            null => new(Health.Untold, "UploadUntold"),
            >= LargestWanted => new(Health.Well, "Upload", seen.LargestBody, LargestWanted),
            var small => new(Health.Ailing, "UploadSmall", small, LargestWanted),
        };
        yield return seen.TakesBasic switch
        {
            true => new(Health.Well, "Basic"),
            false when seen.PasswordHasColon => new(Health.Ailing, "BasicColon"),
            false => new(Health.Ailing, "BasicRefused"),
            null => new(Health.Untold, "BasicUntold"),
        };
    }

    /// <summary>A school's file of 25 MiB, in base64 and as a form, with some room, in MiB.</summary>
    public const int LargestWanted = 36;
}
