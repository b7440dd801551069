using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>Traces and metrics of the mechanism. Labels are closed sets: modules, targets, kinds, verdicts; never a
/// ticket, a person or a text.</summary>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "GroupTicketing";

    /// <summary>Every span of ours.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>Every metric of ours.</summary>
    public static readonly Meter Meter = new(Name);

    static readonly Counter<long> heard = Meter.CreateCounter<long>(
        "groupticketing.heard",
        "{message}",
        "Messages taken by a service's documents."
    );
    static readonly Counter<long> quarantined = Meter.CreateCounter<long>(
        "groupticketing.quarantined",
        "{message}",
        "Messages that could not be decided."
    );
    static readonly Counter<long> unreadable = Meter.CreateCounter<long>(
        "groupticketing.documents.unreadable",
        "{document}",
        "Documents that a list left out, since they cannot be read."
    );
    static readonly Counter<long> attempted = Meter.CreateCounter<long>(
        "groupticketing.attempted",
        "{attempt}",
        "Attempts at calls to the outside, by answer."
    );
    static readonly Histogram<double> callTime = Meter.CreateHistogram<double>(
        "groupticketing.call.duration",
        "s",
        "How long calls to the outside took."
    );

    internal static void Heard(string service, string message, Verdict verdict) =>
        heard.Add(1, new("module", service), new("message", message), new("verdict", verdict.ToString()));

    internal static void Quarantined(string service, string message) =>
        quarantined.Add(1, new("module", service), new("message", message));

    internal static void Unreadable(string service) => unreadable.Add(1, new KeyValuePair<string, object?>("module", service));

    internal static void Attempted(string target, string kind, Answer answer, TimeSpan took)
    {
        var name = answer.GetType().Name;
        attempted.Add(1, new("target", target), new("kind", kind), new("answer", name));
        callTime.Record(took.TotalSeconds, new("target", target), new("kind", kind), new("answer", name));
    }

    /// <summary>Why, in words that may be logged.</summary>
    public static string Why(Exception exception) => exception is IKnownFault fault ? fault.Reason : WhereFrom(exception);

    /// <summary>An exception's type and the method of ours that threw it: enough to find the fault, nothing of what was
    /// being read.</summary>
    public static string WhereFrom(Exception exception)
    {
        var frame = new StackTrace(exception)
            .GetFrames()
            .FirstOrDefault(one => one.GetMethod()?.DeclaringType?.Namespace?.StartsWith(Name, StringComparison.Ordinal) == true);
        var method = frame?.GetMethod();
        return method is null
            ? exception.GetType().Name
            : $"{exception.GetType().Name} in {method.DeclaringType!.Name}.{method.Name}";
    }

    /// <summary>A span under the trace saved with a call.</summary>
    public static Activity? Follow(string name, ActivityKind kind, string? trace) => Source.StartActivity(name, kind, trace);
}

/// <summary>An exception that says what is away or wrong outside, in words of ours: no personal data, nothing that was
/// being read.</summary>
public interface IKnownFault
{
    /// <summary>Why, for the operator.</summary>
    string Reason { get; }
}
