namespace GroupTicketing.Registry;

/// <summary>Something wrong in a file, said so that its reader can mend it.</summary>
/// <param name="File">Path as given to the loader, then the file's own name: <c>deploy/pilot/schools/lyon.yaml</c>.</param>
/// <param name="Line">From 1; 0 when the file or folder itself is the matter.</param>
/// <param name="Text">What is wrong and how to mend it, in one sentence. Never holds a secret's value.</param>
public sealed record Problem(string File, int Line, string Text)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Text}" : $"{File}: {Text}";
}
