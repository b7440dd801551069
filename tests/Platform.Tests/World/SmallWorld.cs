namespace GroupTicketing.Platform.Tests;

/// <summary>
/// A school, two deciders, a bus that repeats, reorders and loses, a tool that answers late or never, and two processes
/// that die at any write. Everything happens
/// step by step, as a schedule says; the same schedule is the same world.
/// </summary>
sealed class SmallWorld
{
    static readonly string[] tickets = ["t1", "t2"];

    readonly MovableClock clock = new();
    readonly MemoryStore store = new();
    readonly List<object> onTheBus = [];
    readonly Dictionary<string, Word> unanswered = [];
    readonly List<TimeSpan> jumpsForward = [];
    readonly Process[] processes;
    readonly Flaw flaw;

    public SmallWorld(Flaw flaw)
    {
        this.flaw = flaw;
        Ledger = new Ledger(clock);
        processes = [.. Enumerable.Range(0, 2).Select(_ => new Process(store, clock, new Bus(onTheBus), flaw).Start())];
    }

    public Ledger Ledger { get; }

    /// <summary>Every comment the school ever sent.</summary>
    public HashSet<Word> Sent { get; } = [];

    public IReadOnlyList<PendingLane> Pending => store.AllPending(null, 100, CancellationToken.None).Result;

    public IReadOnlyList<string> Heard(string service, string ticket) =>
        ((Documents<Notes>)processes[0].Documents(service)).Read(ticket, CancellationToken.None).Result?.State.Lines ?? [];

    /// <summary>Whether the wall clock jumped forward in that real time: then sixty seconds were shorter than they
    /// should be.</summary>
    public bool JumpedForward(TimeSpan from, TimeSpan to) => jumpsForward.Exists(at => at >= from && at <= to);

    public void Do(Step step)
    {
        var process = processes[step.B % 2];
        switch (step.Act)
        {
            case Act.Comment:
                Comment(process, new Word(tickets[step.A % 2], $"{tickets[step.A % 2]} comment {step.A % 8}"));
                break;
            case Act.Send when Pick(Due(Outbox.Bus), step.A) is { } pending:
                Call(process, pending);
                break;
            case Act.Deliver when Pick(onTheBus, step.A) is { } message:
                Deliver(process, message, step.B);
                break;
            case Act.Claim when Pick(Due("itop"), step.A) is { } pending:
                Claim(process, pending);
                break;
            case Act.Fly when Pick(process.Flights, step.A) is { } flight:
                Fly(process, flight, step.B);
                break;
            case Act.Pass:
                clock.Pass(TimeSpan.FromSeconds(step.A / 2.0));
                break;
            case Act.Jump:
                Jump(step.A - 60);
                break;
            case Act.Break:
                process.Arm((Fault)(step.A % 3));
                break;
        }
    }

    /// <summary>Everything works from now on, until nothing is pending any more or an hour has passed.</summary>
    public void Drain()
    {
        foreach (var process in processes)
            process.Start();
        // A message lost at the very end of a stream is missed only when the next one comes.
        foreach (var ticket in tickets)
            Comment(processes[0], new Word(ticket, $"{ticket} last"));
        for (var round = 0; round < 360 && (round < 12 || Pending.Count > 0 || onTheBus.Count > 0); round++)
        {
            foreach (var word in unanswered.Values.ToList())
                Comment(processes[0], word);
            foreach (var pending in Due(Outbox.Bus))
                Call(processes[round % 2], pending);
            while (onTheBus.Count > 0)
                Deliver(processes[round % 2], onTheBus[0], 0);
            foreach (var pending in Due("itop"))
                Claim(processes[round % 2], pending);
            foreach (var process in processes)
                process.Flights.ToList().ForEach(flight => Fly(process, flight, 1));
            clock.Pass(TimeSpan.FromSeconds(5));
        }
    }

    void Comment(Process process, Word word)
    {
        word = flaw is Flaw.ForgetSourceIds ? word : word with { SourceId = word.Text };
        Sent.Add(word);
        unanswered[word.Text] = word;
        if (process.Try(() => process.Speaker.Transact(word.Ticket, word.AtTheDoor(), CancellationToken.None)))
            unanswered.Remove(word.Text);
    }

    void Call(Process process, PendingLane pending)
    {
        var (service, ticket) = (pending.Key.Split('/')[0], pending.Key.Split('/')[1]);
        if (flaw is Flaw.NeverAsk && pending.Lane.StartsWith(Outbox.MissingLane, StringComparison.Ordinal))
            return;
        process.Try(() => process.BusDispatcher.Call(process.Documents(service), ticket, pending.Lane, CancellationToken.None));
    }

    void Deliver(Process process, object message, int luck)
    {
        // Twelve of a hundred are lost, twelve come once more later; in the drain neither happens.
        var taken = luck >= 88 || process.Try(() => Take(process, message));
        if (taken && luck is not (>= 76 and < 88))
            onTheBus.Remove(message);
    }

    async Task Take(Process process, object message)
    {
        if (message is Missing missing)
        {
            var again = await process
                .Documents(new Words().SpeakerOf(missing.Stream))
                .Again(missing.Ticket, missing.Stream, missing.From, CancellationToken.None);
            onTheBus.AddRange(again.Messages.Select(new Words().Unwait));
            again.Forgot(missing).ShouldBeNull("this speaker keeps all it said");
            return;
        }
        var word = (Word)message;
        var listener = (Documents<Notes>)process.Documents(Words.ListenerOf(word.Stream));
        await listener.Transact(
            word.Ticket,
            flaw is Flaw.ForgetNumbers ? word.AtTheDoor() : word.At(word.Number, word.Epoch),
            CancellationToken.None
        );
    }

    void Claim(Process process, PendingLane pending) =>
        process.Try(async () =>
        {
            if (
                await process
                    .Documents("listener")
                    .Claim(pending.Key.Split('/')[1], pending.Lane, Flight.Deadline, CancellationToken.None) is
                { } attempt
            )
                process.Flights.Add(new Flight(attempt, Ledger, clock, flaw));
        });

    void Fly(Process process, Flight flight, int luck)
    {
        if (flight.Answer is null)
        {
            flight.Go(luck);
            return;
        }
        process.Flights.Remove(flight);
        if (flaw is not Flaw.NeverSettle)
            process.Try(() =>
                process
                    .Documents("listener")
                    .Settle(flight.Attempt, flight.Answer, TimeSpan.FromSeconds(2), CancellationToken.None)
            );
    }

    void Jump(int seconds)
    {
        clock.Jump(TimeSpan.FromSeconds(seconds));
        if (seconds > 0)
            jumpsForward.Add(clock.Real);
    }

    IReadOnlyList<PendingLane> Due(string target) => store.Due(target, clock.GetUtcNow(), 100, CancellationToken.None).Result;

    static T? Pick<T>(IReadOnlyList<T> among, int which) => among.Count == 0 ? default : among[which % among.Count];

    sealed class Bus(List<object> onTheBus) : IBus
    {
        public Task Publish(object message, CancellationToken ct)
        {
            onTheBus.Add(message);
            return Task.CompletedTask;
        }
    }
}

/// <summary>One thing that happens; <paramref name="A"/> and <paramref name="B"/>, 0 to 99, say to whom and how.</summary>
readonly record struct Step(Act Act, int A, int B);

/// <summary>What may happen.</summary>
enum Act
{
    Comment,
    Send,
    Deliver,
    Claim,
    Fly,
    Pass,
    Break,
    Jump,
}
