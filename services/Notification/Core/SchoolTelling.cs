using GroupTicketing.Contracts;

namespace GroupTicketing.Notification.Core;

/// <summary>What a school was told of one ticket, and how each attempt went.</summary>
public sealed record SchoolTelling
{
    public const int MostAttempts = 50;

    public static readonly SchoolTelling Unheard = new();

    public string? School { get; init; }

    /// <summary>How many things the school's tool took.</summary>
    public int Told { get; init; }

    /// <summary>The latest attempts, oldest first.</summary>
    public IReadOnlyList<AttemptMade> Attempts { get; init; } = [];

    /// <summary>When the last thing was to be told; kept some time after.</summary>
    public DateTimeOffset? LastWanted { get; init; }

    public SchoolTelling With(AttemptMade attempt) => this with { Attempts = [.. Attempts.TakeLast(MostAttempts - 1), attempt] };
}

/// <summary>One attempt at a callback.</summary>
/// <param name="Status">The HTTP status, or null without an answer.</param>
/// <param name="Answered">The first 1,024 characters of the answer.</param>
public sealed record AttemptMade(string Call, SchoolNews News, DateTimeOffset At, int? Status, int Ms, string? Answered);
