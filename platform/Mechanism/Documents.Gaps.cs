namespace GroupTicketing.Platform;

/// <summary>What is missing in a stream: asked for, said again, or passed over where nobody has it any more.</summary>
public sealed partial class Documents<TState>
{
    Task<long?> IDocuments.AskFor(string ticket, string stream, CancellationToken ct) => Change(ticket, (document, now) =>
    {
        if (document.Gaps().All(gap => gap.Stream != stream || gap.Due > now))
            return Task.FromResult((false, (long?)null));
        document.Asked[stream] = now;
        return Task.FromResult((true, (long?)document.Incoming(stream).Next().Number));
    }, ct);

    async Task<Again> IDocuments.Again(string ticket, string stream, long from, CancellationToken ct)
    {
        var spoken = (await Load(ticket, ct))?.Streams.GetValueOrDefault(stream) ?? new();
        return new(await Kept(ticket, stream, from, spoken, ct), spoken.Last.Next(store.Epoch));
    }

    async Task<IReadOnlyList<StreamMessage>> Kept(
        string ticket,
        string stream,
        long from,
        OutgoingStream spoken,
        CancellationToken ct
    )
    {
        var apart = await store.ListSide(Sides.Messages, Sides.MessagePrefix(KeyOf(ticket), stream), ct);
        var all = apart.Select(piece => Json.Read<StreamMessage>(piece.Body)).Concat(spoken.Messages);
        return [.. all.Where(said => said.Place.Number >= from).OrderBy(said => said.Place.Number)];
    }

    Task<long> IDocuments.PassOver(Forgotten forgotten, CancellationToken ct) =>
        Change(
            forgotten.Ticket,
            async (document, now) =>
            {
                var (stream, newest) = (forgotten.Stream, forgotten.Newest);
                var incoming = document.Incoming(stream);
                if (
                    document.Quarantine is not null
                    || !document.Asked.ContainsKey(stream)
                    || incoming.Next().Number != forgotten.From
                    || newest.Epoch < incoming.Newest.Epoch
                )
                    return (false, 0L);
                var over = 0L;
                if (newest.Epoch > incoming.Newest.Epoch)
                {
                    document.HeardBefore[stream] =
                    [
                        .. incoming.Before.TakeLast(Place.MostBefore - 1),
                        newest with
                        {
                            Number = 0,
                        },
                    ];
                    over = document.Waiting.Count(waiting =>
                        waiting.Stream == stream && VerdictOn(document, waiting) is Verdict.Repeat
                    );
                    await Unpark(forgotten.Ticket, document, now, ct);
                }
                // Of a line that is new to us something may be missing that its speaker has: that is asked for first.
                while (
                    document.Quarantine is null
                    && document.Incoming(stream).Next().Number is var number
                    && number >= forgotten.From
                    && await Over(forgotten, document, number, ct) is { } last
                )
                {
                    over += last.Number + 1 - number;
                    document.Hear(stream, last);
                    await Unpark(forgotten.Ticket, document, now, ct);
                }
                return (true, over);
            },
            ct
        );

    // What waits is taken on the way, in order.
    async Task<Place?> Over(Forgotten forgotten, Document<TState> document, long number, CancellationToken ct)
    {
        var (stream, next) = (forgotten.Stream, forgotten.Next);
        var apart = await Apart(forgotten.Ticket, document, ct);
        var waiting = document
            .Waiting.Concat(apart.Select(piece => piece.Waiting))
            .Where(one =>
                one.Stream == stream
                && VerdictOn(document, one) is Verdict.Early
                && (one.Place.Number < next || next <= forgotten.From)
            )
            .Select(one => one.Place)
            .OrderBy(place => place.Number)
            .Cast<Place?>()
            .FirstOrDefault();
        if (waiting is { } first)
            return first with { Number = first.Number - 1 };
        return next > number
            ? forgotten.Newest.At(next - 1) ?? document.Heard.GetValueOrDefault(stream) with { Number = next - 1 }
            : null;
    }
}
