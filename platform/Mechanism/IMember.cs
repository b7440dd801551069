namespace GroupTicketing.Platform;

/// <summary>A document opened for change, as the <see cref="Wave"/> sees it.</summary>
interface IMember
{
    /// <summary>The service's name.</summary>
    string Service { get; }

    /// <summary>What it said in this wave and nobody has yet, if nothing said before stands in front of it.</summary>
    News? Next { get; }

    /// <summary>Takes a message of the bus.</summary>
    Task<Verdict> Take(Hearing hearing, DateTimeOffset now, CancellationToken ct);

    /// <summary>Every listener has it: it is not outgoing.</summary>
    void Delivered(News news);

    /// <summary>Not in this wave: it is outgoing, and what is said after it in its stream.</summary>
    void Left(News news);

    /// <summary>What is to be written, its lanes claimed as far as workers are free; null where nothing changed.</summary>
    DocumentWrite? Write(DateTimeOffset now);

    /// <summary>It is on disk: its calls begin, and it is remembered.</summary>
    void Saved(DocumentWrite write, DateTimeOffset now);

    /// <summary>Tells what was decided, once all of the wave is as it is on disk.</summary>
    void Tell(DateTimeOffset now);

    /// <summary>The workers that were kept and not begun are free again.</summary>
    void GiveBack();
}
