namespace GroupTicketing.Platform.Tests;

/// <summary>The message of these tests. Its stream is named speaker-listener, after two deciders.</summary>
record Word(
    string Ticket,
    string Text,
    string Stream = "speaker-listener",
    string? SourceId = null,
    long Epoch = 0,
    long Number = 0,
    long Began = 0,
    string? Before = null
)
{
    /// <summary>The word as the bus brings it.</summary>
    public Hearing At(long number, long epoch = 1, long began = 0) => At(new Place(epoch, number, began));

    public Hearing At(Place place) =>
        new(
            Stream,
            place,
            SourceId,
            this with
            {
                Epoch = place.Epoch,
                Number = place.Number,
                Began = place.Began,
                Before = place.Before,
            }
        );

    /// <summary>The word as a door brings it.</summary>
    public Hearing AtTheDoor() => new(null, default, SourceId, this);
}

/// <summary>A word that another service answers with, so that others hear it.</summary>
sealed record Reply(string Ticket, string Text, string Stream) : Word(Ticket, Text, Stream);

/// <summary>What the mechanism must know of words.</summary>
sealed class Words : IMessages
{
    public string TicketOf(object message) => ((Word)message).Ticket;

    public string StreamOf(object message) =>
        ((Word)message).Stream is { Length: > 0 } stream ? stream : throw new KeyNotFoundException("a word without a stream");

    public Hearing HearingOf(object message) =>
        message is Word word
            ? word.At(new Place(word.Epoch, word.Number, word.Began, word.Before))
            : throw new KeyNotFoundException();

    public object At(object message, Place place) =>
        (Word)message with
        {
            Epoch = place.Epoch,
            Number = place.Number,
            Began = place.Began,
            Before = place.Before,
        };

    public Type TypeOf(string name) =>
        new[] { typeof(Word), typeof(Reply) }.FirstOrDefault(type => type.FullName == name)
        ?? throw new KeyNotFoundException(name);

    public IReadOnlyList<string> Services => ["speaker", "listener"];

    public string SpeakerOf(string stream) => stream.Split('-')[0];

    public static string ListenerOf(string stream) => stream.Split('-')[1];
}
