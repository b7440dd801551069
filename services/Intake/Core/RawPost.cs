namespace GroupTicketing.Intake.Core;

/// <summary>What came, before anything in it is believed.</summary>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">The raw bytes: signatures are over these.</param>
public sealed record RawPost(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>How big an event may be without its files: 1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Of a multipart post, the parts that are files, in their order; its body is then the event's alone.</summary>
    public IReadOnlyList<SentPart> Parts { get; init; } = [];

    /// <summary>Of a multipart post, how its event is written.</summary>
    public PartCoding Coding { get; init; }

    /// <summary>What a reader read in the tool.</summary>
    public static RawPost FromTool(Post post) => new(post.Headers, post.Body);

    /// <summary>A body without headers.</summary>
    public static RawPost Bare(ReadOnlyMemory<byte> body) => new(new Dictionary<string, string>(), body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A part with a file's bytes.</summary>
/// <param name="Name">The file's; empty where it has none.</param>
/// <param name="Type">Its media type, where it names one.</param>
/// <param name="Bytes">As they were sent.</param>
public sealed record SentPart(string Name, string? Type, ReadOnlyMemory<byte> Bytes, PartCoding Coding)
{
    /// <summary>The name of the form's field.</summary>
    public string? Field { get; init; }
}

/// <summary>A post without the bytes of its files, or what is wrong with it, all at once.</summary>
/// <param name="Light">As it is kept and read from here on.</param>
public sealed record Unpacked(Post Light, IReadOnlyList<SentFile> Files, IReadOnlyList<Flaw> Flaws)
{
    /// <summary>The event itself is too big, without its files: of it there is the beginning at most.</summary>
    public bool IsTooBig { get; init; }

    /// <summary>It cannot be read at all.</summary>
    public static Unpacked Flawed(params IReadOnlyList<Flaw> flaws) => new(Post.Bare([]), [], flaws);
}
