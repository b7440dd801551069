namespace GroupTicketing.Registry.Reading;

/// <summary>Words that may be used once; a second use is an error that says where the first is.</summary>
internal sealed class Once(string what)
{
    private readonly Dictionary<string, string> firstUses = [];

    public void Use(string word, int line, FileProblems problems)
    {
        var place = $"{problems.File}:{line}";
        if (word.Length > 0 && !firstUses.TryAdd(Words.Key(word), place))
            problems.Error(line, FileTexts.Text("UsedTwice", what, word, firstUses[Words.Key(word)]));
    }
}
