using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Intake.Adapters;

/// <summary>
/// A multipart post (RFC 7578) as its event and the parts beside it. The part named <c>event</c> is the event, whether
/// it bears a file's name or not; of the others those with a file's
/// name, or with a media type, are files, and the rest is somebody else's. The bytes stay where they came.
/// </summary>
static class Multipart
{
    // RFC 2046, section 5.1.1.
    const int MostBoundary = 70;

    // Files, the event, and what else a form of a tool's may bear.
    const int MostParts = 200;

    const string CodingHeader = "Content-Transfer-Encoding";

    /// <returns>The post itself where it is no multipart.</returns>
    /// <exception cref="InvalidDataException">It cannot be read as one, or has no event.</exception>
    /// <exception cref="TooManyPartsException">It has more parts than are read.</exception>
    public static async Task<RawPost> Unfold(RawPost post, CancellationToken ct)
    {
        if (
            !MediaTypeHeaderValue.TryParse(post.Header("content-type"), out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            return post;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MostBoundary)
            throw new InvalidDataException("no boundary");
        try
        {
            return await Parts(post, boundary, ct);
        }
        // It ends too early, or a part's name is in an encoding that nobody should send.
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException("it cannot be read", exception);
        }
    }

    static async Task<RawPost> Parts(RawPost post, string boundary, CancellationToken ct)
    {
        using var body = new MemoryReader(post.Body);
        var reader = new MultipartReader(boundary, body);
        SentPart? said = null;
        var parts = new List<SentPart>();
        for (var count = 1; await reader.ReadNextSectionAsync(ct) is { } section; count++)
        {
            if (count > MostParts)
                throw new TooManyPartsException(new("", string.Format(Core.Texts.French, Core.Texts.TooManyParts, MostParts)));
            await section.Body.DrainAsync(ct);
            var bytes = post.Body.Slice((int)section.BaseStreamOffset!.Value, (int)section.Body.Length);
            var (name, file) = PartNames.From(section);
            var coding = PartCodings.Named(section.Headers?.GetValueOrDefault(CodingHeader));
            var part = new SentPart(file ?? "", section.ContentType, bytes, coding) { Field = name };
            if (name == "event")
                said = said is null ? part : throw new InvalidDataException("two events");
            // Several files in one part are no longer sent (RFC 7578, section 4.3), and are not read.
            else if (section.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
                throw new InvalidDataException("a multipart within");
            // Without a name and empty it is a field of a page in which no file was chosen.
            else if (file is { Length: > 0 } || ((file ?? section.ContentType) is not null && bytes.Length > 0))
                parts.Add(part);
            if (parts.Count > StrictJson.MostFiles)
                throw new TooManyPartsException(StrictJson.TooManyFiles);
        }
        return said is null
            ? throw new InvalidDataException("no event")
            : post with { Body = said.Bytes, Coding = said.Coding, Parts = parts };
    }
}

/// <summary>A multipart of more parts than are read.</summary>
sealed class TooManyPartsException(Flaw flaw) : Exception(flaw.What)
{
    public Flaw Flaw => flaw;
}
