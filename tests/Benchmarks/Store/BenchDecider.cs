using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Benchmarks;

/// <summary>A service like those of the product: a state of a kilobyte or two that grows with each comment, and one
/// message said each time.</summary>
sealed class BenchDecider : IDecider<BenchTicket>
{
    public string Name => "bench";

    public BenchTicket Empty => new("", "", [], null);

    public Decided<BenchTicket> Decide(BenchTicket state, object message, DateTimeOffset now)
    {
        var comment = (BenchComment)message;
        var next = state with
        {
            Title = "Moodle : dépôt de devoir impossible depuis ce matin",
            Description = comment.Description ?? state.Description,
            Comments = [.. state.Comments, new(comment.Number, comment.Author, comment.Text, now)],
            LastChange = now,
        };
        return new(next, [new Effect.Say(comment)]);
    }
}

sealed record BenchTicket(string Title, string Description, IReadOnlyList<BenchLine> Comments, DateTimeOffset? LastChange);

sealed record BenchLine(long Number, string Author, string Text, DateTimeOffset At);

sealed record BenchComment(string Ticket, string? Description, string Author, string Text, long Epoch = 0, long Number = 0);

/// <summary>What the mechanism must know of the one message.</summary>
sealed class BenchMessages : IMessages
{
    public string TicketOf(object message) => ((BenchComment)message).Ticket;

    public string StreamOf(object message) => "bench-out";

    public Hearing HearingOf(object message) => new("in-bench", new Place(1, ((BenchComment)message).Number), null, message);

    public object At(object message, Place place) => (BenchComment)message with { Epoch = place.Epoch, Number = place.Number };

    public Type TypeOf(string name) => typeof(BenchComment);

    public IReadOnlyList<string> Services => ["bench"];

    public string SpeakerOf(string stream) => "bench";
}
