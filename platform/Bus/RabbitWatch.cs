using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace GroupTicketing.Platform;

/// <summary>
/// Watches the broker over a connection of its own. After each lost connection every queue is declared before anything
/// is published; every ten seconds each queue is looked at,
/// since one can be deleted under a living connection. Into a queue that lost what it held each stream's last message
/// is said again.
/// </summary>
public sealed partial class RabbitWatch(
    RabbitQueues queues,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<RabbitWatch> logger
) : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    static readonly Counter<long> lostQueues = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.queue.lost",
        "{queue}",
        "Queues of listeners that came back without what they held, by who speaks into them."
    );

    DateTimeOffset? saidAgain;

    IEnumerable<IDocuments> Speakers => services.GetServices<IDocuments>();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Watch(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotDeclared(logger, exception.GetType().Name);
            }
            queues.Declared = false;
            await Task.Delay(Again, clock, stoppingToken);
        }
    }

    // Returns when the connection is lost.
    async Task Watch(CancellationToken stopping)
    {
        await using var connection = await Within(Connect, stopping);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        connection.ConnectionShutdownAsync += async (_, _) =>
        {
            queues.Declared = false;
            await lost.CancelAsync();
        };
        var marks = new QueueMarks(connection);
        await queues.Declare(stopping);
        try
        {
            while (connection.IsOpen)
            {
                queues.Declared = true;
                await TrySayAgain(marks, lost.Token);
                await Task.Delay(Every, clock, lost.Token);
                if (!await Within(ct => AreThere(marks, ct), lost.Token))
                {
                    queues.Declared = false;
                    await queues.Declare(lost.Token);
                }
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            // The connection was lost: all is declared anew before anything is published.
        }
    }

    // The queues are there all the same: what is new goes into them meanwhile. What was not said is said at the next look.
    async Task TrySayAgain(QueueMarks marks, CancellationToken ct)
    {
        try
        {
            await SayAgain(marks, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.NotSaidAgain(logger, Telemetry.Why(exception));
        }
    }

    async Task SayAgain(QueueMarks marks, CancellationToken ct)
    {
        var messages = services.GetRequiredService<IMessages>();
        foreach (var documents in Speakers)
        {
            var spoken = queues
                .Subscriptions.Where(subscription =>
                    subscription.Stream is { } stream && messages.SpeakerOf(stream) == documents.Name
                )
                .ToLookup(subscription => subscription.Queue, subscription => subscription.Stream!);
            foreach (var queue in await Within(ct => marks.Unmarked(documents.Name, spoken.Select(queue => queue.Key), ct), ct))
            {
                await Within(ct => marks.Begin(documents.Name, queue, ct), ct);
                var again = await SayAgain(
                    documents,
                    spoken[queue].ToHashSet(),
                    Platform.SayAgain.Longest,
                    LastMessages.Lost,
                    ct
                );
                // Only now: killed before, the next look finds it unmarked once more.
                await Within(ct => marks.End(documents.Name, queue, ct), ct);
                if (again == 0)
                    continue;
                lostQueues.Add(1, new("queue", queue), new("module", documents.Name));
                Log.SaidAgain(logger, queue, documents.Name, again);
            }
        }
        await SayAgainHourly(ct);
    }

    // What was confirmed into a queue between two looks, and was gone with it before the second: nothing else shows that.
    async Task SayAgainHourly(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        saidAgain ??= now;
        if (now - saidAgain < Hour)
            return;
        foreach (var documents in Speakers)
            await SayAgain(documents, null, now - saidAgain.Value + Hour, LastMessages.Hourly, ct);
        saidAgain = now;
    }

    Task<int> SayAgain(IDocuments documents, IReadOnlySet<string>? streams, TimeSpan age, string why, CancellationToken ct) =>
        documents.SayAgain(
            streams,
            clock.GetUtcNow() - age,
            why,
            services.GetRequiredService<IMessages>(),
            services.GetRequiredService<IBus>(),
            ct
        );

    async Task<bool> AreThere(QueueMarks marks, CancellationToken ct)
    {
        foreach (var queue in queues.Subscriptions.Select(subscription => subscription.Queue).Distinct())
        {
            if (await marks.IsThere(queue, ct))
                continue;
            Log.Missing(logger, queue);
            return false;
        }
        return true;
    }

    Task<IConnection> Connect(CancellationToken ct)
    {
        var options = queues.Options;
        var factory = new ConnectionFactory
        {
            Uri = options.Url,
            UserName = options.User,
            Password = options.Password,
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = Deadline,
            ClientProvidedName = "groupticketing watch",
        };
        return factory.CreateConnectionAsync(ct);
    }

    static Task Within(Func<CancellationToken, Task> act, CancellationToken ct) =>
        Within(
            async ct =>
            {
                await act(ct);
                return true;
            },
            ct
        );

    static async Task<T> Within<T>(Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        return await act(deadline.Token).WaitAsync(deadline.Token);
    }

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "the broker's queues are not declared: {Reason}; tried again in three seconds"
        )]
        public static partial void NotDeclared(ILogger logger, string reason);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "what queues may have lost could not be said again: {Reason}; tried again in ten seconds"
        )]
        public static partial void NotSaidAgain(ILogger logger, string reason);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "the queue {Queue} was deleted; it is declared again, and what it held is said again"
        )]
        public static partial void Missing(ILogger logger, string queue);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "the queue {Queue} is new to {Speaker}: the last message of each of {Count} streams was said again"
        )]
        public static partial void SaidAgain(ILogger logger, string queue, string speaker, int count);
    }
}
