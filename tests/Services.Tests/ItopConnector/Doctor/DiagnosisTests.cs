using System.Globalization;
using System.Xml.Linq;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>What was seen → what is said of it.</summary>
public class DiagnosisTests
{
    static readonly Mailing[] mailings =
    [
        new("équipe", "TriggerOnObjectCreate", "SELECT Team WHERE id = :this->team_id", true),
        new("agent", "TriggerOnObjectUpdate:public_log", "SELECT Person WHERE id = :this->agent_id", true),
    ];

    static readonly Observed well = new()
    {
        Version = "3.2.0-14758",
        ClockAhead = TimeSpan.FromSeconds(1),
        Language = "EN",
        MayWrite = true,
        MayAttach = true,
        MayReadFiles = true,
        MayReadHistory = true,
        HasKey = true,
        CallersAreCreated = true,
        MayWritePeople = true,
        Drift = [],
        LargestBody = 36,
        TakesBasic = true,
        Mailings = mailings,
        Calls = [TimeSpan.FromMilliseconds(90), TimeSpan.FromMilliseconds(110), TimeSpan.FromSeconds(5)],
        Tried = new(null, "R-000012", TimeSpan.FromSeconds(-1), "Connecteur GroupTicketing", "Connecteur GroupTicketing"),
    };

    static readonly Dictionary<string, Func<Observed, Observed>> changes = new()
    {
        ["Unreached"] = seen => seen with { Unreached = new(ItopFault.Unreachable) },
        ["Maintenance"] = seen => seen with { Unreached = new(ItopFault.Maintenance) },
        ["Failing"] = seen => seen with { Unreached = new(ItopFault.Failed) },
        ["LoginRefused"] = seen => seen with { Login = LoginSeen.Refused },
        ["NoRestProfile"] = seen => seen with { Login = LoginSeen.WithoutRestProfile },
        ["PortalUser"] = seen => seen with { Login = LoginSeen.PortalUser },
        ["VersionUntold"] = seen => seen with { Version = null },
        ["VersionOther"] = seen => seen with { Version = "3.1.1" },
        ["Unreadable"] = seen => seen with { Unreadable = new(ItopFault.NotInModel, " (pending_reason)") },
        ["WriteDenied"] = seen => seen with { MayWrite = false },
        ["WriteUntold"] = seen => seen with { MayWrite = null },
        ["AttachDenied"] = seen => seen with { MayAttach = false },
        ["AttachUntold"] = seen => seen with { MayAttach = null },
        ["ReadFilesDenied"] = seen => seen with { MayReadFiles = false },
        ["ReadFilesUntold"] = seen => seen with { MayReadFiles = null },
        ["HistoryDenied"] = seen => seen with { MayReadHistory = false },
        ["HistoryUntold"] = seen => seen with { MayReadHistory = null },
        ["KeyAbsent"] = seen => seen with { HasKey = false },
        ["KeyUntold"] = seen => seen with { HasKey = null },
        ["PeopleDenied"] = seen => seen with { MayWritePeople = false },
        ["PeopleUntold"] = seen => seen with { MayWritePeople = null },
        ["Administrator"] = seen => seen with { IsAdministrator = true },
        ["LanguageUntold"] = seen => seen with { Language = null },
        ["LanguageOther"] = seen => seen with { Language = "non" },
        ["FilesUnread"] = seen => seen with { Drift = null },
        ["CatalogueClosed"] = seen => seen with { Closed = [ItopKind.Contract] },
        ["Drift"] = seen => seen with { Drift = [new(DriftKind.Absent, ItopKind.Team, "C2IP")] },
        ["UploadUntold"] = seen => seen with { LargestBody = null },
        ["UploadSmall"] = seen => seen with { LargestBody = 8 },
        ["BasicRefused"] = seen => seen with { TakesBasic = false },
        ["BasicColon"] = seen => seen with { TakesBasic = false, PasswordHasColon = true },
        ["BasicUntold"] = seen => seen with { TakesBasic = null },
        ["MailUntold"] = seen => seen with { Mailings = null },
        ["MailTeamMissing"] = seen => seen with { Mailings = [mailings[1]] },
        ["MailAddress"] = seen => seen with { TeamsWithoutAddress = ["Support Scénari"] },
        ["MailAgentMissing"] = seen => seen with { Mailings = [mailings[0]] },
        ["MailCaller"] = seen =>
            seen with
            {
                Mailings =
                [
                    .. mailings,
                    new("demandeur", "TriggerOnStateEnter:resolved", "SELECT Person WHERE id = :this->caller_id", true),
                ],
            },
        ["MailRequester"] = seen =>
            seen with
            {
                CallersAreRequesters = true,
                Mailings =
                [
                    .. mailings,
                    new("demandeur", "TriggerOnStateEnter:resolved", "SELECT Person WHERE id = :this->caller_id", true),
                ],
            },
        ["ClockUntold"] = seen => seen with { ClockAhead = null },
        ["ClockOff"] = seen => seen with { ClockAhead = TimeSpan.FromSeconds(-45) },
        ["ZoneOff"] = seen => seen with { Tried = seen.Tried! with { ZoneAhead = TimeSpan.FromHours(-1) } },
        ["ZoneAhead"] = seen => seen with { Tried = null, HasChangesToCome = true },
        ["ZoneUntold"] = seen => seen with { Tried = null },
        ["TriedFailed"] = seen => seen with { Tried = seen.Tried! with { Failed = new(ItopFault.Other, " (code 100)") } },
        ["TriedAuthor"] = seen => seen with { Tried = seen.Tried! with { Author = "My first name My last name" } },
        ["Unmirrored"] = seen => seen with { Unmirrored = ["INSA Lyon", "INSA Rennes"] },
        ["CallsSlow"] = seen => seen with { Calls = [TimeSpan.FromSeconds(2)] },
    };

    static readonly string[] stops =
    [
        "Unreached",
        "Maintenance",
        "Failing",
        "LoginRefused",
        "NoRestProfile",
        "PortalUser",
        "Unreadable",
        "WriteDenied",
        "AttachDenied",
        "ReadFilesDenied",
        "CatalogueClosed",
        "Drift",
        "MailRequester",
        "ZoneOff",
        "ZoneAhead",
        "TriedFailed",
    ];

    public static TheoryData<string> Changes => [.. changes.Keys];

    /// <summary>All that is said of an iTop changed so.</summary>
    public static IReadOnlyList<Finding> After(string name) => [.. Diagnosis.From(changes[name](well))];

    [Fact]
    public void An_iTop_in_order_is_told_to_be() =>
        Diagnosis.From(well).Where(finding => finding.Health != Health.Well).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_thing_that_is_not_in_order_is_told_alone_and_only_what_stops_the_connector_stops_it(string name)
    {
        var finding = Diagnosis.From(changes[name](well)).Where(one => one.Health != Health.Well).ShouldHaveSingleItem();

        finding.Name.ShouldBe(name);
        (finding.Health == Health.Broken).ShouldBe(stops.Contains(name));
        (finding.Health == Health.Untold).ShouldBe(
            name.EndsWith("Untold", StringComparison.Ordinal) || name is "FilesUnread" or "HistoryDenied" or "KeyAbsent"
        );
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void It_is_told_in_both_languages_with_why_and_what_to_do(string name)
    {
        var finding = Diagnosis.From(changes[name](well)).First(one => one.Health != Health.Well);
        var french = new DoctorTexts(CultureInfo.GetCultureInfo("fr")).Explain(finding).ToList();
        var english = new DoctorTexts(CultureInfo.GetCultureInfo("en")).Explain(finding).ToList();

        (french.Count, english.Count).ShouldBe((3, 3));
        french[1].ShouldStartWith("      Pourquoi : ");
        english[2].ShouldStartWith("      To do: ");
        french.Zip(english).ShouldAllBe(pair => pair.First != pair.Second);
        string.Concat(french).ShouldNotMatch(@"\{\d\}");
    }

    [Fact]
    public void Whether_persons_may_be_created_is_told_only_where_a_school_wishes_it() =>
        Diagnosis
            .From(well with { CallersAreCreated = false, MayWritePeople = null })
            .ShouldNotContain(one => one.Name.StartsWith("People", StringComparison.Ordinal));

    [Fact]
    public void Behind_a_closed_door_nothing_else_is_told() =>
        Diagnosis.From(well with { Login = LoginSeen.Refused, MayWrite = false }).ShouldHaveSingleItem();

    [Theory]
    [InlineData(29, Health.Well)]
    [InlineData(-31, Health.Ailing)]
    [InlineData(120, Health.Broken)]
    public void A_clock_that_hides_changes_stops_the_connector(int seconds, Health health) =>
        Diagnosis
            .From(well with { ClockAhead = TimeSpan.FromSeconds(seconds) })
            .Single(one => one.Name.StartsWith("Clock", StringComparison.Ordinal))
            .Health.ShouldBe(health);

    [Fact]
    public void What_is_only_written_otherwise_does_not_stop_the_connector() =>
        Diagnosis
            .From(well with { Drift = [new(DriftKind.Differs, ItopKind.Team, "C2IP")] })
            .Single(one => one.Name == "Drift")
            .Health.ShouldBe(Health.Ailing);

    [Theory]
    [InlineData("TriggerOnObjectCreate", "SELECT Team WHERE id = :this->team_id", false)]
    [InlineData("TriggerOnStateEnter:assigned", "SELECT Team WHERE id = :this->team_id", true)]
    [InlineData("TriggerOnObjectCreate", "SELECT Person WHERE id = :this->agent_id", true)]
    public void A_mail_that_is_off_or_on_something_else_or_to_somebody_else_is_none(string on, string to, bool isEnabled) =>
        Diagnosis
            .From(well with { Mailings = [mailings[1], new("x", on, to, isEnabled)] })
            .ShouldContain(one => one.Name == "MailTeamMissing");

    [Theory]
    [InlineData("", true)]
    [InlineData("REST/JSON", true)]
    [InlineData("GUI:Console,REST/JSON", true)]
    [InlineData("GUI:Console,GUI:Portal", false)]
    public void A_mail_on_what_we_write_must_be_sent_for_what_comes_by_REST(string context, bool isSent)
    {
        var seen = well with { Mailings = [.. mailings.Select(one => one with { Context = context })] };
        var found = Diagnosis.From(seen).Select(one => one.Name).ToList();

        (found.Contains("MailTeam"), found.Contains("MailAgent")).ShouldBe((isSent, isSent));
    }

    [Fact]
    public void An_assignment_comes_by_iTop_s_own_pages()
    {
        var assigned = mailings[1] with { On = "TriggerOnStateEnter:assigned", Context = "GUI:Console" };

        Diagnosis.From(well with { Mailings = [mailings[0], assigned] }).ShouldContain(one => one.Name == "MailAgent");
    }

    [Fact]
    public void Every_text_is_of_a_finding_and_every_finding_was_tried_here()
    {
        var texts = XDocument
            .Load(Path.Combine(Demo.Root, "services/ItopConnector/Core/Doctor/DoctorTexts.resx"))
            .Descendants("data")
            .Select(data => data.Attribute("name")!.Value)
            .Where(text => text.EndsWith("_What", StringComparison.Ordinal));
        var said = changes.Keys.Concat(Diagnosis.From(well).Select(finding => finding.Name));

        texts.Select(text => text[..^5]).ShouldBe(said, ignoreOrder: true);
    }

    [Fact]
    public void The_sum_says_whether_it_can_work()
    {
        var words = new DoctorTexts(CultureInfo.GetCultureInfo("fr"));

        words
            .Sum(Diagnosis.From(well))
            .ShouldStartWith("Le connecteur peut travailler : 0 à corriger, 0 à améliorer, 0 non vérifiables");
        words
            .Sum(Diagnosis.From(well with { MayWrite = false }))
            .ShouldStartWith("Le connecteur ne peut pas travailler ainsi : 1 à corriger");
    }
}
