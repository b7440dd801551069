namespace GroupTicketing.Directory.Reading;

/// <summary>A piece of a YAML file and the line it begins on.</summary>
internal abstract record Node(int Line);

internal sealed record ScalarNode(int Line, string Text, bool IsPlain) : Node(Line)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}

internal sealed record ListNode(int Line, IReadOnlyList<Node> Items) : Node(Line);

internal sealed record MapNode(int Line, IReadOnlyDictionary<string, Entry> Entries) : Node(Line);

/// <summary>A key's line and its value.</summary>
internal sealed record Entry(int Line, Node Value);
