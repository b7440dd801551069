using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Platform;

/// <summary>One outgoing stream of a document: what was said in it, and how far the bus has it.</summary>
public sealed class OutgoingStream
{
    /// <summary>How many sent messages a document keeps by itself; older ones lie apart until the document expires.</summary>
    public const int MostKept = 100;

    /// <summary>How many bytes of sent messages a document keeps by itself.</summary>
    public const int MostBytesKept = 256 * 1024;

    /// <summary>The place last given.</summary>
    public Place Last { get; set; }

    /// <summary>The place up to which the bus has everything durably.</summary>
    public Place Confirmed { get; set; }

    /// <summary>What was said, oldest first; kept afterwards, to be repeated to a listener that misses it.</summary>
    public List<StreamMessage> Messages { get; init; } = [];

    /// <summary>When the next of them may be sent; null for at once.</summary>
    public DateTimeOffset? NextTry { get; set; }

    /// <summary>Why the last one did not go, without personal data; null once one went.</summary>
    public string? LastError { get; set; }

    /// <summary>The code of <see cref="LastError"/>.</summary>
    [JsonIgnore]
    public Cause? Cause => LastError is null ? null : Platform.Cause.Listener;

    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>What the bus does not have yet, in order.</summary>
    public IEnumerable<StreamMessage> Outgoing() => Messages.Where(said => said.Place.Number > Confirmed.Number);

    /// <summary>The bus has everything up to this place. A late call changes nothing.</summary>
    public void ConfirmUpTo(Place place)
    {
        if (place.Number > Confirmed.Number)
            Confirmed = place;
    }

    /// <summary>Removes and returns the oldest sent messages beyond <see cref="MostKept"/> or
    /// <see cref="MostBytesKept"/>, to be laid apart before the document is written.</summary>
    public IReadOnlyList<StreamMessage> Overflow()
    {
        var confirmed = Messages.Count(said => said.Place.Number <= Confirmed.Number);
        var (over, bytes) = (confirmed, 0);
        while (
            over > 0
            && confirmed - over < MostKept
            && (bytes += JsonMarshal.GetRawUtf8Value(Messages[over - 1].Body).Length) <= MostBytesKept
        )
            over--;
        // By and by, not one at each write.
        if (over == 0 || (bytes <= MostBytesKept && over <= MostKept / 2))
            return [];
        var apart = Messages[..over];
        Messages.RemoveRange(0, over);
        return apart;
    }
}

/// <summary>A message as it was said.</summary>
/// <param name="Trace">The W3C traceparent of the work that said it.</param>
public sealed record StreamMessage(Place Place, string Type, JsonElement Body, string? Trace, DateTimeOffset Since)
{
    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A listener misses everything from <paramref name="From"/> on in that stream of that ticket: the speaker
/// says it again.</summary>
/// <param name="Stream">The stream's name in the listener table.</param>
/// <param name="Ticket">The ticket's id, as in the document keys.</param>
/// <param name="From">The first number missed.</param>
public sealed record Missing(string Stream, string Ticket, long From);

/// <summary>
/// A speaker that was asked for what is <see cref="Missing"/> no longer has its first number: its document ended, or
/// was put back from a backup. What it has it has said again; who still misses the rest passes over it.
/// </summary>
/// <param name="Stream">The stream's name in the listener table.</param>
/// <param name="Ticket">The ticket's id, as in the document keys.</param>
/// <param name="From">The first number that was asked for.</param>
/// <param name="Next">The first number it has from there on, or will say next.</param>
/// <param name="Newest">The place of what it will say next, which tells where its epochs began.</param>
public sealed record Forgotten(string Stream, string Ticket, long From, long Next, Place Newest);

/// <summary>What a speaker still has of a stream from a number on.</summary>
/// <param name="Messages">In order.</param>
/// <param name="Next">The place of what it will say next.</param>
public sealed record Again(IReadOnlyList<StreamMessage> Messages, Place Next)
{
    /// <summary>That it no longer has the first number asked for; null: it has.</summary>
    public Forgotten? Forgot(Missing missing)
    {
        var first = Messages.Count > 0 ? Messages[0].Place.Number : (long?)null;
        return first == missing.From ? null : new(missing.Stream, missing.Ticket, missing.From, first ?? Next.Number, Next);
    }
}

/// <summary>A person has every speaker say the last message of each of its streams again: who misses something asks for
/// it.</summary>
/// <param name="Since">Of tickets that something happened to since then.</param>
public sealed record SayAgain(DateTimeOffset Since)
{
    /// <summary>How far back this goes: what a listener did not hear for so long was asked for by a later message, or
    /// is a person's matter. Seven days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);
}
