using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>Changing documents: open, decide, save all that follows as one.</summary>
public sealed partial class Documents<TState>
{
    async Task<TResult> Change<TResult>(
        string ticket,
        Func<Document<TState>, DateTimeOffset, Task<(bool Write, TResult Result)>> change,
        CancellationToken ct,
        bool isNew = false
    )
    {
        var key = KeyOf(ticket);
        using var held = await waves.Hold(ticket, ct);
        var open = Remembered(key, isNew) ?? await Open(key, ct);
        var unwilling = new HashSet<string>();
        for (var conflicts = 0; conflicts < MostConflicts;)
        {
            var now = clock.GetUtcNow();
            var (write, result) = await change(open.Document, now);
            if (!write && open.AsStored)
                return result;
            var outcome = Outcome.Nothing;
            if (write)
            {
                var wave = new Wave(waves, store, messages, ticket, new Member(this, key, open)) { Unwilling = unwilling };
                outcome = await wave.Save(now, reread: conflicts > 0, ct);
            }
            // A remembered document may be behind another instance's writes: that there is nothing to do is believed
            // only of what is stored.
            if (outcome is Outcome.Saved || (outcome is Outcome.Nothing && open.AsStored))
                return result;
            if (outcome is not Outcome.Unwilling)
                conflicts++;
            // Instances that write one ticket again and again must not starve each other: whoever lost steps aside for
            // a random while.
            if (outcome is Outcome.Conflict)
                await Task.Delay(
                    TimeSpan.FromMilliseconds(Random.Shared.Next(Math.Min(64, 1 << (conflicts - 1)))),
                    TimeProvider.System,
                    ct
                );
            open = await Open(key, ct);
        }
        throw new StoreUnavailableException($"{MostConflicts} writers in a row were faster on one document");
    }

    async Task<IMember> IDocuments.Open(string ticket, Hearing hearing, bool reread, CancellationToken ct)
    {
        var key = KeyOf(ticket);
        var remembered = reread ? null : Remembered(key, IsFirst(hearing));
        return new Member(this, key, remembered ?? await Open(key, ct));
    }

    // A document that is not remembered and hears the first of a stream is mostly none yet: it is taken for new, and
    // the write says whether it was.
    Open<TState>? Remembered(string key, bool isNew) =>
        recent.Take(key) ?? (isNew ? codec.Fresh() with { AsStored = false } : null);

    async Task<Open<TState>> Open(string key, CancellationToken ct) =>
        await store.Load(key, ct) is { } stored ? await codec.Read(stored, ct) : codec.Fresh();

    static bool IsFirst(Hearing hearing) => hearing is { Stream: not null, Place.Number: 1 };

    sealed class Member(Documents<TState> documents, string key, Open<TState> open) : IMember
    {
        readonly List<Reservation> reservations = [];
        Open<TState>? written;
        Unsaved<TState>? saved;

        Document<TState> Document => open.Document;

        Unsaved<TState> Unsaved => Document.Unsaved;

        public string Service => documents.Name;

        public News? Next
        {
            get
            {
                foreach (var news in Unsaved.News)
                {
                    if (Document.Streams[news.Stream].Confirmed.Number == news.Place.Number - 1)
                        return news;
                }
                return null;
            }
        }

        public Task<Verdict> Take(Hearing hearing, DateTimeOffset now, CancellationToken ct) =>
            documents.Take(DocumentKey.Ticket(key), Document, hearing, now, ct);

        public void Delivered(News news)
        {
            Unsaved.News.Remove(news);
            Document.Streams[news.Stream].ConfirmUpTo(news.Place);
        }

        public void Left(News news) => Unsaved.News.Remove(news);

        public DocumentWrite? Write(DateTimeOffset now)
        {
            foreach (var (stream, spoken) in Document.Streams)
                Unsaved.Pieces.AddRange(
                    spoken
                        .Overflow()
                        .Select(said => new Piece(Sides.Messages, Sides.MessageKey(key, stream, said), Json.Write(said)))
                );
            documents.Claim(key, Document, now, reservations);
            var pending = Document.Pending(key);
            written = documents.codec.Write(key, open, now);
            var stored = written.Stored!;
            if (open.Stored is { } before && before.Body.AsSpan().SequenceEqual(stored.Body) && Unsaved.Pieces.Count == 0)
                return null;
            return new(stored, pending, [.. Unsaved.Pieces.ExceptBy(Unsaved.Fetched, piece => piece.Key)], Unsaved.Fetched);
        }

        public void Saved(DocumentWrite write, DateTimeOffset now)
        {
            reservations.ForEach(reservation => reservation.Begin());
            reservations.Clear();
            documents.wakeSignal.Raise(write.Pending, now);
            (saved, Document.Unsaved) = (Unsaved, new());
            documents.recent.Keep(written!);
        }

        public void Tell(DateTimeOffset now)
        {
            saved!.Quarantines.ForEach(message => Telemetry.Quarantined(Service, message));
            saved.Decisions.ForEach(taken => documents.decider.Took(taken.Cause, taken.Decided, now));
        }

        public void GiveBack()
        {
            reservations.ForEach(reservation => reservation.Leave());
            reservations.Clear();
        }
    }
}
