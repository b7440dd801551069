namespace GroupTicketing.Platform.Tests;

/// <summary>That one stream is paid, without the rest.</summary>
static class OneStream
{
    public static Task Paid(this IDocuments documents, string ticket, string stream, Place place, CancellationToken ct) =>
        documents.Paid(ticket, new Dictionary<string, Place> { [stream] = place }, ct);
}
