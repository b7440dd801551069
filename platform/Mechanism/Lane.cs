using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Platform;

/// <summary>Calls of one document that must happen in order. Lanes are independent of each other.</summary>
public sealed class Lane
{
    /// <summary>How long after a restore schools and iTop may still say again what was forgotten.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(30);

    /// <summary>Whom its calls need.</summary>
    public required string Target { get; init; }

    /// <summary>What is pending, oldest first; only the head is tried.</summary>
    public List<PendingCall> Calls { get; init; } = [];

    /// <summary>The attempt now being made, if any.</summary>
    public Lease? Lease { get; set; }

    /// <summary>When the head may be tried again.</summary>
    public DateTimeOffset? NextTry { get; set; }

    /// <summary>When <see cref="NextTry"/> was decided.</summary>
    public DateTimeOffset? Tried { get; set; }

    /// <summary>Why the lane stopped (<see cref="Answer.Refused"/>); null while it runs.</summary>
    public string? Stopped { get; set; }

    /// <summary>What the last attempt said, without personal data.</summary>
    public string? LastError { get; set; }

    /// <summary>The code of <see cref="LastError"/>; null where there is none, or a release before 0.3 wrote it.</summary>
    public Cause? Cause { get; set; }

    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>When the head may be claimed; null for never (stopped, or nothing pending).</summary>
    public DateTimeOffset? Due()
    {
        if (Stopped is not null || Calls.Count == 0)
            return null;
        var due = Calls[0].NotBefore ?? DateTimeOffset.MinValue;
        if (NextTry > due)
            due = NextTry.Value;
        return Lease is { } lease && lease.Until > due ? lease.Until : due;
    }

    /// <summary>Claims the head: the lease is itself the saved attempt. Null when it is not due.</summary>
    /// <param name="epoch">The store's epoch: a call of an earlier one may have been made after the backup that was put
    /// back, so it is in doubt.</param>
    /// <param name="restored">When a backup was last put back: for some time after, a new call may repeat what was done
    /// and forgotten, so it is in doubt as well.</param>
    public Attempt? Claim(
        string key,
        string name,
        TimeSpan deadline,
        string token,
        long epoch,
        DateTimeOffset? restored,
        DateTimeOffset now
    )
    {
        // A clock that went back must not hold a lane for hours: an attempt that begins in the future is treated as one
        // nobody answers, a pause as over.
        var clockWentBack = (Lease?.Began ?? Tried) > now + Lease.ClockSkew;
        if (!clockWentBack && (Due() is not { } due || due > now))
            return null;
        if (Stopped is not null || Calls.Count == 0)
            return null;
        var call = Calls[0];
        if (Lease is not null)
            call = call with { InDoubt = clockWentBack ? now : Lease.Began };
        else if (call.Epoch < epoch)
            call = call with { InDoubt = call.InDoubt ?? now };
        else if (now - restored < Forgotten)
            call = call with { InDoubt = call.InDoubt ?? restored };
        call = call with { Attempts = call.Attempts + 1 };
        Calls[0] = call;
        Lease = new Lease(token, now, now + deadline + Lease.Grace);
        return new Attempt(key, name, Target, call, call.Id, call.Attempts, now, call.InDoubt, token);
    }

    /// <summary>Takes an attempt's answer. False when the lease is no longer this attempt's: then nothing changes.</summary>
    public bool Settle(Attempt attempt, Answer answer, TimeSpan retry, DateTimeOffset now)
    {
        if (Lease?.Token != attempt.Token)
            return false;
        Lease = null;
        switch (answer)
        {
            case Answer.Done:
                Calls.RemoveAt(0);
                NextTry = null;
                Tried = null;
                LastError = null;
                Cause = null;
                break;
            case Answer.Refused refused:
                Stopped = refused.Reason;
                LastError = refused.Reason;
                Cause = refused.Cause;
                break;
            case Answer.TryAgain again:
                if (again.Sent)
                    Calls[0] = Calls[0] with { InDoubt = attempt.Began };
                Tried = now;
                NextTry = now + (again.After ?? retry);
                LastError = attempt.Unsettled(now) > TimeSpan.Zero && !again.Sent ? Doubted(again.Reason) : again.Reason;
                Cause = again.Cause;
                break;
        }
        return true;
    }

    // That the other side may still be at work hides nothing of what raised the doubt.
    string Doubted(string reason)
    {
        var beginning = $"{reason}; before: ";
        if (LastError is null || LastError == reason || LastError.StartsWith(beginning, StringComparison.Ordinal))
            return LastError ?? reason;
        return beginning + LastError;
    }

    /// <summary>The answer came, but the service could not note it: the call stays, in doubt, until a person has it tried
    /// again.</summary>
    public void Stop(Attempt attempt, string reason)
    {
        if (Calls.Count == 0 || Calls[0].Id != attempt.CallId)
            Calls.Insert(0, attempt.Call);
        Calls[0] = Calls[0] with { InDoubt = attempt.Began };
        Stopped = LastError = reason;
        Cause = Platform.Cause.Fault;
    }
}

/// <summary>A call decided but not yet done.</summary>
/// <param name="Id">Unique in its document for ever: epoch and count.</param>
/// <param name="Trace">The W3C traceparent of the work that decided it.</param>
/// <param name="InDoubt">When the last attempt began that may have worked unseen.</param>
public sealed record PendingCall(
    string Id,
    string Kind,
    JsonElement Body,
    string? Trace,
    DateTimeOffset Since,
    DateTimeOffset? NotBefore = null,
    int Attempts = 0,
    DateTimeOffset? InDoubt = null
)
{
    /// <summary>The epoch in which it was decided.</summary>
    [JsonIgnore]
    public long Epoch => long.Parse(Id.AsSpan(0, Id.IndexOf('-')), CultureInfo.InvariantCulture);

    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>An attempt in progress.</summary>
public sealed record Lease(string Token, DateTimeOffset Began, DateTimeOffset Until)
{
    /// <summary>How long after the call's own deadline the lease still holds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>How far apart the clocks of two instances may be.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
}
