using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Reads a post's raw bytes, bounded. Signatures are over these, so nothing is parsed before.</summary>
static class PostReader
{
    // A file of 25 MiB is 33.4 MiB in base64.
    const int MostWithFiles = 36 * 1024 * 1024;

    // A sender reads no answer while it is still sending: the server takes in, for some seconds, what is not kept.
    const int MostDrained = 2 * MostWithFiles;

    // 36 MiB by a line of one megabit a second.
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(6);

    // 64 KiB by one of twenty kilobits: what a sender says is small must not hold for long what is kept for small ones.
    static readonly TimeSpan SmallDeadline = TimeSpan.FromSeconds(30);

    /// <summary>The headers, by lower-case name, one that is empty as if it were not there; what follows may be taken
    /// in.</summary>
    public static IReadOnlyDictionary<string, string> Headers(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostDrained;
        return request
            .Headers.Where(header => !string.IsNullOrWhiteSpace(header.Value.ToString()))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
    }

    /// <summary>The body, or null when it is too big.</summary>
    /// <param name="isKnown">Whether its sender is known already, by a key.</param>
    /// <exception cref="NoRoomException">Too much is being read at once.</exception>
    /// <exception cref="BadHttpRequestException">It was cut off, or came too slowly.</exception>
    public static async Task<IncomingBody?> Read(
        HttpRequest request,
        IncomingBodies bodies,
        TimeProvider clock,
        bool isKnown,
        CancellationToken ct
    )
    {
        if (request.ContentLength > MostWithFiles)
            return null;
        var isBig = request.ContentLength is null or > IncomingBodies.Small;
        using var late = new CancellationTokenSource(isBig ? Deadline : SmallDeadline, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await bodies.Read(request.Body, MostWithFiles, ended.Token, isBig, isKnown);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BadHttpRequestException("the body came too slowly", StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Chunks without measure: of some the server says it in words that are no bad request.
            throw new BadHttpRequestException("the body cannot be read", exception);
        }
    }
}
