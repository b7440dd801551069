using System.Globalization;

namespace GroupTicketing.Platform;

/// <summary>A place in a stream. Epochs order before numbers; numbers go on counting over epochs.</summary>
/// <param name="Began">The first number of that epoch in the stream; 0 where a release before 0.3 gave it.</param>
/// <param name="Before">Where the epochs before it began in the stream, as <c>epoch:number</c>, oldest first, at most
/// <see cref="MostBefore"/>; null: there were none.</param>
public readonly record struct Place(long Epoch, long Number, long Began = 0, string? Before = null)
{
    /// <summary>How many earlier epochs are told, and how many are remembered by who listens.</summary>
    public const int MostBefore = 8;

    /// <summary>The place of what is said next, in this epoch or after a restore in a higher one.</summary>
    public Place Next(long epoch)
    {
        if (Number == 0)
            return new(epoch, 1, 1);
        if (epoch == Epoch)
            return this with { Number = Number + 1 };
        return new(epoch, Number + 1, Number + 1, Written(Line()));
    }

    /// <summary>The place of a number before this one on the line; null where the line does not tell.</summary>
    public Place? At(long number)
    {
        var line = Line();
        for (var at = line.Count - 1; at >= 0; at--)
        {
            if (line[at].Began <= number)
                return new(line[at].Epoch, number, line[at].Began, Written(line.Take(at)));
        }
        return null;
    }

    /// <summary>Which epoch each number of the stream belongs to, as far as this place knows: where each began, its own
    /// last. What it cannot read it does not know.</summary>
    public IReadOnlyList<(long Epoch, long Began)> Line()
    {
        var line = new List<(long, long)>();
        foreach (var one in Before?.Split(' ') ?? [])
        {
            if (
                one.Split(':') is [var epoch, var began]
                && long.TryParse(epoch, CultureInfo.InvariantCulture, out var e)
                && long.TryParse(began, CultureInfo.InvariantCulture, out var b)
            )
                line.Add((e, b));
        }
        line.Add((Epoch, Began));
        return line;
    }

    static string? Written(IEnumerable<(long Epoch, long Began)> line) =>
        string.Join(
            ' ',
            line.TakeLast(MostBefore).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Epoch}:{one.Began}"))
        )
            is { Length: > 0 } told
            ? told
            : null;
}
