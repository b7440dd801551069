namespace GroupTicketing.Prove;

/// <summary>Posts at an even pace, one after the other, each timed: how the door feels to a school while something else
/// goes wrong.</summary>
static class Stream
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Hands tickets over from a number on.</summary>
    /// <exception cref="InvalidOperationException">One was not taken at once.</exception>
    public static async Task<IReadOnlyList<TimeSpan>> Of(Poster poster, int first, int count)
    {
        var times = new List<TimeSpan>(count);
        for (var number = first; number < first + count; number++)
        {
            var posted = await poster.Opens($"{number}");
            if (posted.Status != 202)
                throw new InvalidOperationException($"not taken: {posted.Status} {posted.Answer}");
            times.Add(posted.Took);
            await Task.Delay(Pace);
        }
        return times;
    }
}
