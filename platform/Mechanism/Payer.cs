using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// Pays what documents owe: woken by each write in this process, and by a sweep after a crash, a pause or another
/// instance's write. Targets have workers of their
/// own, so a dead one holds up nobody.
/// </summary>
public sealed partial class Payer : BackgroundService, IPayer
{
    static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(500);

    readonly Dictionary<string, IDocuments> rooms;
    readonly IReadOnlyList<IAdapter> adapters;
    readonly ConcurrentDictionary<string, Target> targets = new();
    readonly PayerParts parts;
    CancellationToken stopping;
    DateTimeOffset latest;

    // How each target was when that was last read. Null: not yet, and nothing is woken before; it is owed, and the
    // first sweep brings it.
    IReadOnlyDictionary<string, TargetState>? known;

    /// <summary>Pays the debts of these rooms by these adapters.</summary>
    public Payer(IEnumerable<IDocuments> rooms, IEnumerable<IAdapter> adapters, PayerParts parts)
    {
        this.rooms = rooms.ToDictionary(room => room.Name);
        this.adapters = [.. adapters, parts.Bus, new ClockAdapter()];
        this.parts = parts;
        parts.Doorbell.Answer(this);
    }

    /// <summary>Whether each target that was ever owed something is up.</summary>
    public IReadOnlyDictionary<string, TargetState> Targets => targets.ToDictionary(pair => pair.Key, pair => pair.Value.State);

    void IPayer.Wake(Owed owed) => (known is null ? null : TargetOf(owed.Target))?.Wake(owed);

    Seat? IPayer.Seat(string key, string lane, string name) =>
        known is not null
        && !stopping.IsCancellationRequested
        && TargetOf(name) is { } target
        && IsOurs(target)
        && rooms.ContainsKey(DocumentKey.Room(key))
            ? target.Reserve(key, lane)
            : null;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        return new Rounds(SweepEvery, "looking for what is due failed", parts.Clock, parts.Logger) { First = TimeSpan.Zero }.Run(
            Sweep,
            stoppingToken
        );
    }

    /// <summary>A clean end leaves nothing to be said again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await parts.Bus.Note(cancellationToken, isLast: true);
        }
        catch (OperationCanceledException exception)
        {
            Log.NotNoted(parts.Logger, exception.GetType().Name);
        }
    }

    bool IsOurs(Target target) => !target.Adapter.OnlyOneInstance || parts.Leadership.Leads(target.Adapter.Targets);

    Target? TargetOf(string name)
    {
        if (targets.TryGetValue(name, out var known))
            return known;
        var adapter = adapters.FirstOrDefault(one => name.StartsWith(one.Targets, StringComparison.Ordinal));
        return adapter is null ? null : targets.GetOrAdd(name, _ => Remembered(name, adapter));
    }

    Target Remembered(string name, IAdapter adapter)
    {
        var target = new Target(
            name,
            adapter,
            (lane, claimed, worker) => Pay(name, lane, claimed, worker),
            parts.Store,
            parts.Clock
        );
        if (known?.GetValueOrDefault(name) is { } state)
            target.Remember(state);
        return target;
    }

    async Task Pay(string name, (string Key, string Name) lane, Attempt? claimed, Worker worker)
    {
        var target = targets[name];
        if (
            stopping.IsCancellationRequested
            || !IsOurs(target)
            || !rooms.TryGetValue(DocumentKey.Room(lane.Key), out var documents)
        )
            return;
        var ticket = DocumentKey.Ticket(lane.Key);
        var started = Moment.Now(parts.Clock).Uptime;
        try
        {
            if (name == Debts.Bus)
            {
                if (target.Note(await parts.Bus.Pay(documents, ticket, lane.Name, stopping), started))
                    await target.Keep(stopping);
            }
            else
                await Call(
                    target,
                    documents,
                    claimed ?? await documents.Claim(ticket, lane.Name, target.Adapter.Deadline, stopping),
                    worker
                );
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: the debt is still owed, and the lease makes the next process look first.
        }
        catch (Exception exception)
        {
            Log.PayFailed(parts.Logger, name, Telemetry.Why(exception));
        }
    }

    async Task Call(Target target, IDocuments documents, Attempt? claimed, Worker worker)
    {
        var adapter = target.Adapter;
        if (claimed is not { } attempt)
            return;
        if (stopping.IsCancellationRequested || !await target.Turn(attempt))
        {
            await documents.Settle(
                attempt,
                new Answer.TryAgain("its turn did not come", Sent: false),
                TimeSpan.Zero,
                CancellationToken.None
            );
            return;
        }
        // From here on: waiting for its turn is no time of the target's, and what was answered meanwhile says nothing
        // of this call.
        using var span = Telemetry.Follow($"pay {attempt.Debt.Kind}", ActivityKind.Client, attempt.Debt.Trace);
        var started = Moment.Now(parts.Clock).Uptime;
        Answer answer;
        bool isNews;
        try
        {
            answer = target.Weigh(await Ask(adapter, attempt), started);
            // Before the next has its turn: of a target that is down no more is asked.
            isNews = target.Note(answer, started);
        }
        finally
        {
            target.Over();
        }
        var took = Moment.Now(parts.Clock).Uptime - started;
        if (answer is Answer.Done)
            worker.Leave();
        // What a target that is down did not take waits for the target, not for a time of its own: once it is back, all is due.
        var retry = answer is Answer.TryAgain { TargetDown: true }
            ? TimeSpan.Zero
            : adapter.Retries.After(attempt.Number, Random.Shared.NextDouble());
        var settled = await documents.Settle(attempt, answer, retry, CancellationToken.None);
        if (isNews)
            await target.Keep(CancellationToken.None);
        span?.SetTag("answer", answer.GetType().Name);
        Telemetry.Attempted(target.Name, attempt.Debt.Kind, answer, took);
        if (target.Name != Debts.Clock)
            Log.Paid(
                parts.Logger,
                target.Name,
                attempt.Debt.Kind,
                attempt.Ticket,
                attempt.Number,
                answer.GetType().Name,
                Reason(answer),
                (int)took.TotalMilliseconds,
                !settled
            );
    }

    async Task<Answer> Ask(IAdapter adapter, Attempt attempt)
    {
        using var deadline = new CancellationTokenSource(adapter.Deadline, parts.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return await adapter.Pay(attempt, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Answer.TryAgain(
                $"no answer within {adapter.Deadline.TotalSeconds:0} s",
                TargetDown: true,
                Cause: Cause.NoAnswer
            );
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return new Answer.TryAgain(Telemetry.WhereFrom(exception), Cause: Cause.Fault);
        }
    }

    static string? Reason(Answer answer) => answer switch
    {
        Answer.Refused refused => refused.Reason,
        Answer.TryAgain again => again.Reason,
        _ => null,
    };

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "paid {Target} {Kind} ticket={Ticket} attempt={Attempt} answer={Answer} reason={Reason} ms={Ms} late={Late}"
        )]
        public static partial void Paid(
            ILogger logger,
            string target,
            string kind,
            string ticket,
            int attempt,
            string answer,
            string? reason,
            int ms,
            bool late
        );

        [LoggerMessage(Level = LogLevel.Error, Message = "paying {Target} failed: {Reason}; it is still owed")]
        public static partial void PayFailed(ILogger logger, string target, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "what was said is not noted, and is said once more: {Reason}")]
        public static partial void NotNoted(ILogger logger, string reason);
    }
}

/// <summary>What the payer works with.</summary>
public sealed record PayerParts(
    IStore Store,
    Doorbell Doorbell,
    BusPayer Bus,
    Leadership Leadership,
    TimeProvider Clock,
    ILogger<Payer> Logger
);
