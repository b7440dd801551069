namespace GroupTicketing.Registry.Reading;

/// <summary>
/// Takes a mapping's values by key, each with its own error when it does not fit, and at the end names the keys nobody asked for.
/// Every method answers something usable, so that reading goes on to the next error.
/// </summary>
internal sealed class Fields(MapNode map, FileProblems problems, string where)
{
    private const int MaxText = 255;
    private readonly List<string> asked = [];
    private readonly HashSet<string> wrong = [];
    private readonly List<(string Key, int Line, string Text)> missing = [];

    public FileProblems Problems => problems;

    public int Line => map.Line;

    /// <summary>Whether nothing was wrong with its keys, those of the groups in it left aside.</summary>
    public bool IsSound => wrong.Count == 0;

    /// <summary>The line of a key, or the mapping's own when it is not there.</summary>
    public int LineOf(string key) => map.Entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    /// <summary>A text that must be there.</summary>
    public string Text(string key)
    {
        var text = TextOrNull(key);
        if (Value(key) is null or ScalarNode { Text: "" })
            Missing(key, LineOf(key), FileTexts.Text("KeyMissing", where, key));
        return text ?? "";
    }

    /// <summary>Something is wrong with a key's value.</summary>
    public void Error(string key, int line, string text)
    {
        wrong.Add(key);
        problems.Error(line, text);
    }

    /// <summary>That a key is not there is an error, told with <see cref="Done"/>: a mistyped one may be why, or what is wrong
    /// with its value.</summary>
    public void Missing(string key, int line, string text) => missing.Add((key, line, text));

    public string? TextOrNull(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is ScalarNode scalar)
            return Checked(key, scalar);
        Error(key, value.Line, FileTexts.Text("NotOneText", where, key));
        return null;
    }

    public bool Flag(string key)
    {
        var text = TextOrNull(key);
        if (text is not (null or "true" or "false"))
            Error(key, LineOf(key), FileTexts.Text("NotAFlag", where, key, text));
        return text == "true";
    }

    public int? Number(string key, int least, int most)
    {
        if (TextOrNull(key) is not { } text)
            return null;
        if (int.TryParse(text, out var number) && number >= least && number <= most)
            return number;
        Error(key, LineOf(key), FileTexts.Text("NotANumber", where, key, least, most, text));
        return null;
    }

    /// <summary>One of a closed set of words; the first is the default.</summary>
    public T Choice<T>(string key, params (string Word, T Meaning)[] words)
    {
        if (TextOrNull(key) is not { } text)
            return words[0].Meaning;
        foreach (var (word, meaning) in words)
            if (Words.Same(word, text))
                return meaning;
        var choices = string.Join(FileTexts.Text("Or"), words.Select(w => w.Word));
        Error(key, LineOf(key), FileTexts.Text("NotAChoice", where, key, choices, text));
        return words[0].Meaning;
    }

    /// <summary>A group of keys, or null when it is not there.</summary>
    public Fields? Group(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is MapNode group)
            return new(group, problems, $"{where} > {key}");
        Error(key, value.Line, FileTexts.Text("NotAGroup", where, key));
        return null;
    }

    /// <summary>A list of groups of keys.</summary>
    public IReadOnlyList<Fields> Groups(string key)
    {
        var groups = new List<Fields>();
        foreach (var item in Items(key))
        {
            if (item is MapNode group)
                groups.Add(new(group, problems, $"{where} > {key} {groups.Count + 1}"));
            else
                Error(key, item.Line, FileTexts.Text("NotGroups", where, key));
        }
        return groups;
    }

    /// <summary>The same, each read to its end; in doubt where something is wrong with one of them.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<Fields, T> read)
    {
        var groups = Groups(key);
        IReadOnlyList<T> list = [.. groups.Select(read)];
        if (wrong.Contains(key) || groups.Any(group => !group.IsSound))
            problems.Doubt(list);
        return list;
    }

    /// <summary>A list of texts, or a single one written without a list.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string key)
    {
        var texts = new List<(string, int)>();
        foreach (var item in Value(key) is ScalarNode single ? [single] : Items(key))
        {
            if (item is ScalarNode { IsNull: false } scalar)
                texts.Add((Checked(key, scalar), item.Line));
            else
                Error(key, item.Line, FileTexts.Text("NotTexts", where, key));
        }
        return texts;
    }

    /// <summary>To be called last: names the keys that nobody asked for, with what they were meant to be and is missing
    /// for it.</summary>
    public void Done()
    {
        foreach (var (key, entry) in map.Entries.Where(e => !asked.Contains(e.Key)))
        {
            var known = asked.Where(one => !map.Entries.ContainsKey(one)).Distinct().ToList();
            var follows = missing.Where(one => one.Key == Nearest.To(key, known)).ToList();
            missing.RemoveAll(follows.Contains);
            var hint = Nearest.Hint(key, follows.Count > 0 ? known : asked.Distinct());
            var why = string.Concat(follows.Select(one => FileTexts.Text("Therefore", one.Text)));
            Error(key, entry.Line, FileTexts.Text("KeyUnknown", where, key, hint) + why);
        }
        foreach (var (key, line, text) in missing.Where(one => !wrong.Contains(one.Key)).ToList())
            Error(key, line, text);
        if (map.Entries.Keys.Except(asked).Any() || missing.Count > 0)
            problems.Doubt(map);
    }

    private Node? Value(string key)
    {
        asked.Add(key);
        var value = map.Entries.GetValueOrDefault(key)?.Value;
        return value is ScalarNode { IsNull: true } ? null : value;
    }

    private IReadOnlyList<Node> Items(string key)
    {
        if (Value(key) is not { } value)
            return [];
        if (value is ListNode list)
            return list.Items;
        Error(key, value.Line, FileTexts.Text("NotAList", where, key));
        return [];
    }

    private string Checked(string key, ScalarNode scalar)
    {
        if (scalar.Text.Length > MaxText || scalar.Text.Any(char.IsControl))
            Error(key, scalar.Line, FileTexts.Text("NotOneLine", where, key, MaxText));
        return scalar.Text;
    }
}
