namespace GroupTicketing.Simulators.School;

/// <summary>What the tool does wrong with callbacks, on purpose. A setting replaces all of the former ones.</summary>
/// <param name="CallbackStatus">Answers this status and takes nothing.</param>
/// <param name="RetryAfter">Seconds, as the Retry-After header of that answer.</param>
/// <param name="CallbackDelayMs">How long the answer is held back after the callback was taken.</param>
/// <param name="DropAnswerShare">Share of callbacks that are taken and whose answer never comes, 0 to 1.</param>
/// <param name="LoseEvery">Every so manieth event happens in the tool and its webhook is never sent.</param>
/// <param name="Times">How many callbacks this lasts; null: until changed.</param>
public sealed record SchoolFaultSettings(
    int? CallbackStatus = null,
    int? RetryAfter = null,
    int CallbackDelayMs = 0,
    double DropAnswerShare = 0,
    int? Times = null,
    int? LoseEvery = null);

/// <summary>Hands out the faults in force, one callback at a time.</summary>
public sealed class SchoolFaults
{
    private static readonly SchoolFaultSettings None = new();

    private readonly Lock _gate = new();
    private readonly Random _dice = new(1);
    private int _said;

    public SchoolFaultSettings Current { get; private set; } = None;

    public SchoolFaultSettings Change(SchoolFaultSettings settings)
    {
        lock (_gate)
            return Current = settings;
    }

    /// <summary>Whether the webhook of what is said now is lost.</summary>
    public bool Loses()
    {
        lock (_gate)
            return Current.LoseEvery is { } every && ++_said % every == 0;
    }

    public (SchoolFaultSettings Settings, bool DropsAnswer) Next()
    {
        lock (_gate)
        {
            var settings = Current;
            if (settings.Times is { } times)
                Current = times > 1 ? settings with { Times = times - 1 } : None;
            return (settings, settings.DropAnswerShare > 0 && _dice.NextDouble() < settings.DropAnswerShare);
        }
    }
}
