using System.Security.Cryptography;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Intake.Adapters;

/// <summary>A post that is in order, unpacked once.</summary>
/// <param name="Light">Without the bytes of its files.</param>
/// <param name="Hash">By which a repeat is known: SHA-256 of the body as it was sent or, of a multipart, of its event with
/// its files' hashes and names, since a tool that sends it again makes its boundary anew.</param>
sealed record Arrival(IDialect Dialect, Post Light, IReadOnlyList<SentFile> Files, byte[] Hash)
{
    /// <summary>How many bytes it had where it was too big to be read, and its sender sends once: it is put aside. Null:
    /// it is whole.</summary>
    public int? CutFrom { get; private init; }

    /// <summary>The post ready to be taken, or what is wrong with its shape or size.</summary>
    public static async Task<(IResult? Refused, Arrival? Arrival)> Unpack(IDialect dialect, RawPost post, CancellationToken ct)
    {
        try
        {
            // Whoever sends once hears of no part that cannot be read: its post is taken as it came.
            var (refused, said) = dialect.ReadsAnswers ? Decoded(await Multipart.Unfold(post, ct)) : (null, post);
            if (said is null)
                return (refused, null);
            var unpacked = dialect.Unpack(said);
            var (light, files, flaws) = unpacked;
            // As it came, or as it is kept: neither blanks nor how characters are written make it too big.
            var sent = said.Body.Length - files.Sum(file => file.InEvent);
            if (unpacked.IsTooBig && !dialect.ReadsAnswers)
                return (null, new Arrival(dialect, light, [], SHA256.HashData(post.Body.Span)) { CutFrom = post.Body.Length });
            if (unpacked.IsTooBig || (sent > RawPost.MostBytes && light.Body.Length > RawPost.MostBytes))
                return (Refusals.TooBig(""), null);
            if (files.FirstOrDefault(file => file.Size > IFiles.MostBytes) is { } big)
                return (Refusals.TooBig(big.Field), null);
            return flaws.Count > 0
                ? (Refusals.Flawed(flaws), null)
                : (null, new Arrival(dialect, light, files, SHA256.HashData(said == post ? post.Body.Span : light.Body)));
        }
        catch (TooManyPartsException many)
        {
            return (Refusals.Flawed([many.Flaw]), null);
        }
        catch (InvalidDataException)
        {
            return (Refusals.Flawed([new Flaw("", Core.Texts.Multipart)]), null);
        }
    }

    // Its files are not to be written twice over: they come as parts, and it is small without them.
    static (IResult? Refused, RawPost? Said) Decoded(RawPost said)
    {
        if (said.Coding is PartCoding.None)
            return (null, said);
        try
        {
            return said.Coding.Whole(said.Body, RawPost.MostBytes) is { } whole
                ? (null, said with { Body = whole, Coding = PartCoding.None })
                : (Refusals.TooBig(""), null);
        }
        catch (FormatException)
        {
            return (Refusals.Flawed([new Flaw("", Core.Texts.PartCoding)]), null);
        }
    }
}
