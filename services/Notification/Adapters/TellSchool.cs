using System.Globalization;
using System.Net;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Notification.Adapters;

/// <summary>
/// A signed callback, per Standard Webhooks. A plain webhook cannot be asked what it took: it is told at least once,
/// always under the same id.
/// </summary>
public sealed class TellSchool(SchoolChannels channels, HttpClient http, TimeProvider clock) : IAdapter
{
    const int MostAnswer = 1_024;

    // The status decides; what else a tool says is for the record, and not worth more.
    static readonly TimeSpan Record = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Targets => "school:";

    /// <inheritdoc/>
    public TimeSpan Deadline => TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public int AtOnce => 4;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Schools;

    /// <inheritdoc/>
    public async Task<Answer> Call(Attempt attempt, CancellationToken ct)
    {
        var telling = Json.Read<Telling>(attempt.Call.Body);
        var heading = telling.Wanted.Heading;
        if (channels.Find(heading.School) is not { Callback: { } callback } school)
            return new Answer.Refused("the school's file no longer says where to tell it", Cause: Cause.NotThere);
        var id = telling.IdFor(attempt.CallId);
        var body = Json.Write(CallbackBody.From(telling, attempt.CallId, file => channels.AddressOf(heading, file)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(callback.Timeout);
        var started = clock.GetTimestamp();
        try
        {
            using var request = Request(callback.Url, id, channels.SecretsOf(school.Slug), body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answered = await FirstOf(response.Content, ct);
            return Classified(response, Made((int)response.StatusCode, answered));
        }
        catch (AddressRefusedException refused)
        {
            return new Answer.TryAgain(
                refused.Message,
                Sent: false,
                TargetDown: true,
                Result: Made(null, null),
                Cause: Cause.Address
            );
        }
        catch (HttpRequestException exception)
        {
            return new Answer.TryAgain(
                $"the school's tool cannot be reached: {exception.HttpRequestError}",
                TargetDown: true,
                Result: Made(null, null),
                Cause: Cause.NoAnswer
            );
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new Answer.TryAgain(
                $"no answer within {callback.Timeout.TotalSeconds:0} s",
                TargetDown: true,
                Result: Made(null, null),
                Cause: Cause.NoAnswer
            );
        }

        AttemptMade Made(int? status, string? answered) =>
            new(
                attempt.CallId,
                telling.News,
                attempt.Began,
                status,
                (int)clock.GetElapsedTime(started).TotalMilliseconds,
                answered
            );
    }

    HttpRequestMessage Request(Uri url, string id, IReadOnlyList<string> secrets, byte[] body)
    {
        var now = clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/cloudevents+json; charset=utf-8");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.TryAddWithoutValidation("webhook-signature", StandardWebhooks.Sign(secrets, id, now, body));
        return request;
    }

    /// <summary>2xx is success, 410 the end, and what would meet every ticket alike makes the school's channel wait,
    /// not this ticket alone.</summary>
    Answer Classified(HttpResponseMessage response, AttemptMade made)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new Answer.Done(made),
            410 => new Answer.Refused(
                "the school's tool says the address is gone (410): mend it in the school's file, then retry",
                made,
                Cause.Gone
            ),
            401 or 403 or 404 or 407 or 408 or 429 or >= 500 or (>= 300 and < 400) => new Answer.TryAgain(
                $"HTTP {status}",
                RetryAfter(response),
                TargetDown: true,
                Result: made,
                Cause: CauseOf(status)
            ),
            _ => new Answer.TryAgain($"HTTP {status}", RetryAfter(response), Result: made, Cause: CauseOf(status)),
        };
    }

    static Cause CauseOf(int status) => status switch
    {
        401 or 407 => Cause.Credentials,
        403 => Cause.Rights,
        404 or (>= 300 and < 400) => Cause.NotThere,
        408 => Cause.NoAnswer,
        413 => Cause.TooLarge,
        429 or >= 500 => Cause.Unavailable,
        _ => Cause.Invalid,
    };

    TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait is { } asked && asked > TimeSpan.Zero ? asked < TimeSpan.FromHours(1) ? asked : TimeSpan.FromHours(1) : null;
    }

    /// <summary>The beginning of what the tool says, as far as it comes in time; that it breaks off or never ends is no
    /// matter.</summary>
    async Task<string> FirstOf(HttpContent content, CancellationToken ct)
    {
        using var record = new CancellationTokenSource(Record, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, record.Token);
        var (buffer, read) = (new byte[MostAnswer], 0);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(either.Token);
            while (read < MostAnswer && await stream.ReadAsync(buffer.AsMemory(read), either.Token) is > 0 and var more)
                read += more;
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            // What came until then is the record.
        }
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
