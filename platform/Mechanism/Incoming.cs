namespace GroupTicketing.Platform;

/// <summary>
/// What a document took of one incoming stream, judged by the newest word on where the speaker's epochs began: its
/// line. The speaker may have been restored again and again, from whatever backup; what it
/// still has lies on its line, each number in one epoch, and is taken in that order.
/// </summary>
/// <param name="Heard">The place last taken.</param>
/// <param name="Before">The places last taken of other epochs; number 0: nothing was.</param>
/// <param name="Newest">Of all places known, taken or waiting, one of the highest epoch.</param>
readonly record struct Incoming(Place Heard, IReadOnlyList<Place> Before, Place Newest)
{
    /// <summary>The same when a place is known, too.</summary>
    public Incoming With(Place place) => place.Epoch > Newest.Epoch ? this with { Newest = place } : this;

    /// <summary>The same when a place is taken.</summary>
    public Incoming Took(Place place) => With(place) with { Heard = place, Before = Earlier(place) };

    /// <summary>The places of other epochs once this one is the last.</summary>
    public IReadOnlyList<Place> Earlier(Place place)
    {
        if (Heard.Number == 0 || Heard.Epoch == place.Epoch)
            return Before;
        return [.. Before.Append(Heard).Where(one => one.Epoch != place.Epoch).TakeLast(Place.MostBefore)];
    }

    /// <summary>The first place not taken: its number, and an epoch below which everything is over.</summary>
    public (long Epoch, long Number) Next()
    {
        if (Newest.Epoch == Heard.Epoch)
            return (Heard.Epoch, Heard.Number + 1);
        var line = Newest.Line();
        // What was taken of an epoch was taken after all before it on its line.
        for (var at = line.Count - 1; at >= 0; at--)
        {
            if (TakenOf(line[at].Epoch) is { } number)
                return (line[at].Epoch, Math.Min(number, EndOf(line, at)) + 1);
        }
        // Nothing of this line: what is older than it tells may be missing still, and what is newer is.
        return (0, Math.Min(Heard.Number, line[0].Began > 0 ? line[0].Began - 1 : EndOf(line, 0)) + 1);
    }

    /// <summary>Whether a place is next, already taken or forgotten by its speaker, or too early.</summary>
    public Verdict Judge(Place said)
    {
        // From a release before 0.3: a restored speaker counts on from what it still knew, and where that was it does not say.
        if (said.Began == 0 && said.Epoch > Heard.Epoch && said.Number <= Heard.Number + 1)
            return Verdict.Next;
        var known = With(said);
        var (epoch, number) = known.Next();
        if (said.Epoch < epoch || said.Number < number || !known.IsOnLine(said))
            return Verdict.Repeat;
        return said.Number == number ? Verdict.Next : Verdict.Early;
    }

    // What lies before all that the line tells may be on it or not: it is taken.
    bool IsOnLine(Place said)
    {
        if (said.Epoch == Newest.Epoch)
            return true;
        var (epoch, began) = Newest.Line().LastOrDefault(one => one.Began <= said.Number);
        return epoch == 0 || epoch == said.Epoch || (began == 0 && said.Epoch < epoch);
    }

    long? TakenOf(long epoch)
    {
        if (Heard.Epoch == epoch)
            return Heard.Number;
        foreach (var place in Before)
        {
            if (place.Epoch == epoch && place.Number > 0)
                return place.Number;
        }
        return null;
    }

    static long EndOf(IReadOnlyList<(long Epoch, long Began)> line, int at) =>
        at + 1 < line.Count ? line[at + 1].Began - 1 : long.MaxValue - 1;
}
