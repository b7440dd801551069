using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using GroupTicketing.Contracts;

namespace GroupTicketing.Notification.Core;

/// <summary>A callback to be made, decided once: one of both facts, with its id.</summary>
/// <param name="Id">The <c>webhook-id</c> where what is told has an id of its own: the same when a restored backup has
/// it told again. Null: it goes by the call's.</param>
public sealed record Telling(string? Id, SchoolUpdateWanted? Update = null, SchoolTicketWanted? Opened = null)
{
    const string OpenedKind = "opened";

    [JsonIgnore]
    public Fact Wanted => (Fact?)Update ?? Opened!;

    /// <summary>The last part of the callback's type.</summary>
    [JsonIgnore]
    public string Kind => Update?.News.ToString().ToLowerInvariant() ?? OpenedKind;

    /// <summary>Which news it is to the other services: of a group ticket that was opened the school learns its
    /// reference.</summary>
    [JsonIgnore]
    public SchoolNews News => Update?.News ?? SchoolNews.Referenced;

    public static Telling From(Fact wanted) => wanted switch
    {
        SchoolUpdateWanted update => new(IdFrom(update, update.News.ToString()), Update: update),
        SchoolTicketWanted opened => new(IdFrom(opened, OpenedKind), Opened: opened),
        _ => throw new InvalidOperationException($"nobody said how a school is told {wanted.GetType().Name}"),
    };

    /// <summary>The <c>webhook-id</c>, the same at every attempt.</summary>
    public string IdFor(string callId) => Id ?? $"msg_{Wanted.Heading.TicketId:N}_{callId}";

    static string? IdFrom(Fact wanted, string name) =>
        wanted.Heading.SourceId is { } source
            ? $"msg_{wanted.Heading.TicketId:N}_"
                + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}/{name}")), 0, 10)
            : null;
}
