using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Around every publish.</summary>
sealed class CrashingBus(IBus inner, Crash crash) : IBus
{
    public bool Declared => inner.Declared;

    public async Task Publish(object message, CancellationToken ct)
    {
        crash.At("publish-before");
        await inner.Publish(message, ct);
        crash.At("publish-after");
    }
}

/// <summary>Around every callback, and behind every create.</summary>
sealed class CrashingAdapter(IAdapter inner, Crash crash) : IAdapter
{
    public string Targets => inner.Targets;

    public TimeSpan Deadline => inner.Deadline;

    public int AtOnce => inner.AtOnce;

    public int Ahead => inner.Ahead;

    public bool OnlyOneInstance => inner.OnlyOneInstance;

    public RetrySchedule Retries => inner.Retries;

    public async Task<Answer> Call(Attempt attempt, CancellationToken ct)
    {
        var isCallback = Targets == "school:";
        if (isCallback)
            crash.At("callback-before");
        var answer = await inner.Call(attempt, ct);
        if (isCallback)
        {
            crash.At("callback-after");
            crash.Answered(attempt.Key, "told");
        }
        if (attempt.Call.Kind == "create")
            crash.Answered(attempt.Key, "reference");
        return answer;
    }
}

/// <summary>Around the one call that opens a group ticket, on the wire.</summary>
sealed class CrashingCreate(HttpMessageHandler inner, Crash crash) : DelegatingHandler(inner)
{
    // Less than the simulator takes: by then the request is there and nothing is committed.
    static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(30);

    public static HttpClient Client(long mostBytes, Crash crash)
    {
        var wire = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        return new HttpClient(new CrashingCreate(wire, crash))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = mostBytes,
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (!form.Contains("core%2Fcreate") || !form.Contains("UserRequest"))
            return await base.SendAsync(request, cancellationToken);
        crash.At("create-before-call");
        var answering = base.SendAsync(request, cancellationToken);
        if (crash.IsAt("create-under-way"))
            await Task.Delay(UnderWay, cancellationToken);
        crash.At("create-under-way");
        var answer = await answering;
        crash.At("create-answer-unread");
        return answer;
    }
}
