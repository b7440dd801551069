namespace GroupTicketing.Registry.Reading;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
public static class Nearest
{
    /// <summary>" Did you mean 'x'?" when one of the known words is near, else the list of them.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var words = known.ToList();
        if (To(word, words) is { } near)
            return FileTexts.Text("DidYouMean", near);
        return words.Count == 0 ? FileTexts.Text("NoneKnown") : FileTexts.Text("Known", string.Join(", ", words));
    }

    /// <summary>The known word that is near, or null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var key = Words.Key(word);
        var near = known.MinBy(k => Distance(key, Words.Key(k)));
        return near is not null && Distance(key, Words.Key(near)) <= Math.Max(2, near.Length / 3) ? near : null;
    }

    /// <summary>How many letters must be added, dropped or changed.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
