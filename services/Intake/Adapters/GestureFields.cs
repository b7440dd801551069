using System.Collections.Concurrent;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>
/// Whether the field that hands tickets over can be read, of tickets that are handed over: a field that was renamed, or
/// that our account may not see, says nothing, and somebody must hear of
/// it. Of other tickets nothing can be told: tools have fields of some queues only.
/// </summary>
sealed class GestureFields(Findings findings, TimeProvider clock)
{
    const string Code = "gesture-unreadable";

    // Whether it is mended costs a look into the store.
    static readonly TimeSpan LookedAgain = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, DateTimeOffset> looked = new();

    public async Task Look(School school, IDialect dialect, IReadOnlyList<Post> posts, CancellationToken ct)
    {
        if (posts.Count == 0)
            return;
        var side = $"school:{school.Slug}";
        if (posts.Select(post => dialect.Unreadable(post, school)).FirstOrDefault(name => name is not null) is { } field)
        {
            looked.TryRemove(side, out _);
            await findings.Note(side, Code, field, ct);
        }
        else if (
            school.Gesture is { } gesture
            && clock.GetUtcNow() is var now
            && now - looked.GetValueOrDefault(side) > LookedAgain
        )
        {
            looked[side] = now;
            await findings.Mended(side, Code, gesture.Field ?? "queue", ct);
        }
    }
}
