namespace GroupTicketing.Platform;

/// <summary>What came before its turn: it waits in its document, and beside it where it is much.</summary>
public sealed partial class Documents<TState>
{
    void Park(string ticket, Document<TState> document, Waiting waiting)
    {
        if (
            document.Waiting.Any(other =>
                other.Stream == waiting.Stream && other.Stream is not null && other.Place == waiting.Place
            )
        )
            return;
        // Once some lie apart, later ones do too: what came through a door has no number, only its turn.
        if (document.WaitingApart == 0 && document.Waiting.Count < Inbox.MostWaiting)
        {
            document.Waiting.Add(waiting);
            return;
        }
        document.WaitingApart++;
        var piece = Sides.WaitingKey(KeyOf(ticket), waiting, ++document.LaidApart);
        document.Unsaved.Pieces.Add(new(Sides.Waiting, piece, Json.Write(waiting)));
    }

    async Task Unpark(string ticket, Document<TState> document, DateTimeOffset now, CancellationToken ct)
    {
        do
        {
            while (
                document.Quarantine is null
                && document.Waiting.Find(waiting => VerdictOn(document, waiting) is not Verdict.Early) is { } next
            )
            {
                var verdict = VerdictOn(document, next);
                document.Waiting.Remove(next);
                if (verdict is Verdict.Next)
                    Decide(document, next, now);
            }
        } while (document.Quarantine is null && await Fetch(ticket, document, ct));
        foreach (var closed in document.Asked.Keys.Except(document.Waiting.Select(waiting => waiting.Stream)).ToList())
            document.Asked.Remove(closed!);
    }

    // Brings back what can be taken now, or, when little waits here, what comes first: the document must show its gaps.
    // The pieces are deleted only after the
    // document that took them is saved: killed between, they are read once more and dropped as repeats.
    async Task<bool> Fetch(string ticket, Document<TState> document, CancellationToken ct)
    {
        if (document.WaitingApart == 0)
            return false;
        var apart = await Apart(ticket, document, ct);
        var taken = new Dictionary<string, Incoming>();
        var brought = apart.Where(piece => Follows(document, piece.Waiting, taken)).Take(Inbox.MostWaiting).ToList();
        if (brought.Count == 0 && document.Waiting.Count < Inbox.MostWaiting / 2)
            brought = [.. apart.Take(Inbox.MostWaiting)];
        document.Unsaved.Fetched.AddRange(brought.Select(piece => piece.Key));
        document.Waiting.AddRange(brought.Select(piece => piece.Waiting));
        document.WaitingApart = apart.Count - brought.Count;
        return brought.Count > 0;
    }

    // What lies apart: written by an earlier change, or to be written with this one.
    async Task<List<(string Key, Waiting Waiting)>> Apart(string ticket, Document<TState> document, CancellationToken ct)
    {
        if (document.WaitingApart == 0)
            return [];
        var written = await store.ListSide(Sides.Waiting, KeyOf(ticket) + "|", ct);
        var unwritten = document
            .Unsaved.Pieces.Where(piece => piece.Collection == Sides.Waiting)
            .Select(piece => (piece.Key, piece.Body));
        return
        [
            .. written
                .Concat(unwritten)
                .DistinctBy(piece => piece.Key)
                .ExceptBy(document.Unsaved.Fetched, piece => piece.Key)
                .OrderBy(piece => piece.Key, StringComparer.Ordinal)
                .Select(piece => (piece.Key, Json.Read<Waiting>(piece.Body))),
        ];
    }

    static Verdict VerdictOn(Document<TState> document, Waiting waiting) =>
        waiting.Stream is { } stream ? document.Incoming(stream).Judge(waiting.Place) : Verdict.Next;

    // Whether it can be taken, supposing that it is taken then: so a whole run of numbers is brought back together.
    static bool Follows(Document<TState> document, Waiting waiting, Dictionary<string, Incoming> taken)
    {
        if (waiting.Stream is not { } stream)
            return true;
        var incoming = taken.TryGetValue(stream, out var known) ? known : document.Incoming(stream);
        var verdict = incoming.Judge(waiting.Place);
        if (verdict is Verdict.Next)
            taken[stream] = incoming.Took(waiting.Place);
        return verdict is not Verdict.Early;
    }
}
