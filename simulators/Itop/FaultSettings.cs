namespace GroupTicketing.Simulators.Itop;

/// <summary>A span of milliseconds.</summary>
public sealed record Span(int Min, int Max);

/// <summary>What goes wrong, on purpose. Shares are between 0 and 1.</summary>
/// <param name="LatencyMs">How long each call takes.</param>
/// <param name="CreateCommitLateMs">How much later than the broken connection a late create is committed.</param>
/// <param name="CreateCommitLateShare">Share of UserRequest creates whose connection breaks at once and that are
/// committed later.</param>
/// <param name="DropAnswerShare">Share of calls that are done and whose answer never comes.</param>
/// <param name="Http500Share">Share of calls answered by PHP's error page, not done.</param>
/// <param name="Maintenance">Every call is answered 503, in iTop's maintenance shape.</param>
/// <param name="ReadOnly">Every write is answered code 1, as during a backup.</param>
/// <param name="AccessMode">Who may write, as iTop's own setting says: 3 everybody, 2 administrators, 1 everybody else,
/// 0 nobody.</param>
/// <param name="Refuse">Every connection is broken, nothing is done.</param>
/// <param name="EmptyPollEvery">Every so manieth search of what was updated since answers that nothing was; 0: none.</param>
/// <param name="Seed">Starts the random numbers anew.</param>
/// <param name="Shapes">Share of calls answered in each of the shapes of <see cref="OddAnswers"/>; replaces the former
/// ones.</param>
/// <param name="ShapesOnCreates">Whether only creates of UserRequests are answered so.</param>
/// <param name="ShapesTimes">How many calls are answered so; null: until changed.</param>
/// <param name="DoneShare">Share of the calls answered with a page or with silence that were done all the same.</param>
/// <param name="SilenceMs">How long a silence lasts before the connection breaks.</param>
/// <param name="LogShownHoursLater">The dates of logs are shown so much later, as after iTop's time zone was corrected:
/// they are kept as instants. Those of tickets are kept as they were written.</param>
/// <param name="HoldCreates">Creations wait, as for a lock of the database that reads pass, and are done once it is
/// given back, whether their caller waited or not.</param>
/// <param name="LargestBodyMiB">The web server takes no larger form; 40 as the guide to iTop asks for, or less.</param>
/// <param name="Poisoned">Ids of requests on whose public log iTop fails whenever it is read.</param>
/// <param name="PoisonedShape">How: code100, html500, empty, broken or slow; several, with commas: in turn, one for
/// each of the ids.</param>
public sealed record FaultSettings(
    int? LatencyMs = null,
    Span? CreateCommitLateMs = null,
    double? CreateCommitLateShare = null,
    double? DropAnswerShare = null,
    double? Http500Share = null,
    bool? Maintenance = null,
    bool? ReadOnly = null,
    int? AccessMode = null,
    bool? Refuse = null,
    int? EmptyPollEvery = null,
    int? Seed = null,
    IReadOnlyDictionary<string, double>? Shapes = null,
    bool? ShapesOnCreates = null,
    int? ShapesTimes = null,
    double? DoneShare = null,
    int? SilenceMs = null,
    int? LogShownHoursLater = null,
    bool? HoldCreates = null,
    IReadOnlyList<int>? Poisoned = null,
    string? PoisonedShape = null,
    int? LargestBodyMiB = null);
