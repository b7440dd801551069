using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Core;

/// <summary>One tool's inbound payloads: pure functions from what it posted to facts. Adding a tool is one file like
/// these, and its tests.</summary>
public interface IDialect
{
    /// <summary>The name schools' files use, e.g. <c>rt5</c>.</summary>
    string Name { get; }

    /// <summary>Whether this post is in this dialect, by its headers alone.</summary>
    bool Speaks(IReadOnlyDictionary<string, string> headers);

    /// <summary>What the headers alone say: whether there is a signature, and whether its time is near ours. It is
    /// asked before the body is read.</summary>
    Signed Claims(IReadOnlyDictionary<string, string> headers, DateTimeOffset now);

    /// <summary>Whether the tool's own signature is right; for a generic post, the Standard Webhooks one.</summary>
    Signed Verify(RawPost post, SchoolSecrets secrets, DateTimeOffset now);

    /// <summary>The ticket and the delivery a post is about, and whether it bears the handover's gesture. Null: it
    /// cannot be read as far as that.</summary>
    Key? KeyOf(Post post, School school);

    /// <summary>Whether its sender reads our answers, and sends again what was refused.</summary>
    bool ReadsAnswers => false;

    /// <summary>The post without the bytes of its files, or what is wrong with it, all at once. Flaws are found only in
    /// shapes whose sender reads our answers.</summary>
    /// <param name="ticket">Where it was read in the tool, as one of that ticket's: its sender hears of no refusal.</param>
    Unpacked Unpack(RawPost post, string? ticket = null) =>
        post.Body.Length > RawPost.MostBytes
            ? new Unpacked(new Post(post.Headers, post.Body[..RawPost.MostBytes].ToArray()), [], []) { IsTooBig = true }
            : new Unpacked(new Post(post.Headers, post.Body.ToArray()), [], []);

    /// <summary>The name of what tells the handover in the tool, where the post does not let it be read: then it says
    /// nothing of the handover. Null: it can be read, or the post itself is the handover.</summary>
    string? Unreadable(Post post, School school) => null;

    /// <summary>What it says, private parts cut, in the order it happened. <paramref name="known"/> is what was known
    /// of the ticket before.</summary>
    /// <exception cref="FormatException">It cannot be read; it is quarantined.</exception>
    Decided<SchoolSide> Read(Post post, School school, SchoolSide known);

    /// <summary>Whether it says that the ticket's state changed, rather than adds words or a file.</summary>
    bool Moves(Post post);
}

/// <summary>A post that can be read, without the bytes of its files.</summary>
/// <param name="Headers">By lower-case name.</param>
public sealed record Post(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    static readonly IReadOnlyDictionary<string, string> none = new Dictionary<string, string>();

    // Of that very body.
    (byte[] Body, object What)? said;

    /// <summary>A body without headers.</summary>
    public static Post Bare(byte[] body) => new(none, body);

    /// <summary>The body alone: headers (signatures, keys) are not kept.</summary>
    public Post Bare() => this with { Headers = none };

    /// <summary>What it says: parsed for whoever asks first, and kept for all that follows.</summary>
    /// <param name="parse">What it throws is asked again by the next.</param>
    public T Parsed<T>(Func<byte[], T> parse)
        where T : class
    {
        if (said is { What: T kept } && ReferenceEquals(said.Value.Body, Body))
            return kept;
        var parsed = parse(Body);
        said = (Body, parsed);
        return parsed;
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>Something wrong with a post.</summary>
/// <param name="Field">A JSON pointer.</param>
/// <param name="What">What is wrong, and how to mend it.</param>
public sealed record Flaw(string Field, string What);

/// <summary>Whether a signature is right.</summary>
public enum Signed
{
    /// <summary>It is.</summary>
    Right,

    /// <summary>The post bears none.</summary>
    Missing,

    /// <summary>It is not of any of the school's secrets.</summary>
    Wrong,

    /// <summary>Its timestamp is more than five minutes from our clock.</summary>
    Old,
}
