namespace GroupTicketing.Platform.Tests;

/// <summary>
/// A school, deciders in one process over a store with transactions, and whatever can happen at its writes. A second process
/// over the same store, as the embedded form never has, puts what is remembered behind what is stored. The same
/// schedule is the same world.
/// </summary>
sealed class WaveWorld
{
    readonly MovableClock clock = new();
    readonly MemoryStore store = new() { HasTransactions = true };
    readonly Dictionary<string, Word> unanswered = [];
    readonly WaveProcess[] processes;
    readonly WaveFlaw flaw;
    bool isRacing;

    public WaveWorld(WaveFlaw flaw)
    {
        this.flaw = flaw;
        processes = [.. Enumerable.Range(0, 2).Select(_ => new WaveProcess(store, clock, flaw))];
    }

    /// <summary>Every comment the school ever sent.</summary>
    public HashSet<Word> Sent { get; } = [];

    /// <summary>How many messages went by themselves.</summary>
    public int Outgoing { get; private set; }

    public IReadOnlyList<PendingLane> Pending => store.AllPending(null, 100, CancellationToken.None).Result;

    public IReadOnlyList<string> Heard(string service, string ticket) =>
        ((Documents<Notes>)processes[0].Documents(service)).Read(ticket, CancellationToken.None).Result?.State.Lines ?? [];

    public void Do(WaveStep step)
    {
        var process = processes[step.B % 2];
        switch (step.Act)
        {
            case WaveAct.Comment:
                Comment(process, CommentOf(step));
                break;
            case WaveAct.Send when Pick(Due(Outbox.Bus), step.A) is { } pending:
                Call(process, pending);
                break;
            case WaveAct.Claim when Pick(Due("itop"), step.A) is { } pending:
                Claim(process, pending);
                break;
            case WaveAct.Settle when Pick(process.Calls, step.A) is { } call:
                Settle(process, call, step.A % 3 > 0 ? new Answer.Done() : new Answer.TryAgain("not now"));
                break;
            case WaveAct.Pass:
                clock.Pass(TimeSpan.FromSeconds(step.A));
                break;
            case WaveAct.Break:
                process.Arm((Fault)(step.A % 3));
                break;
            case WaveAct.Race:
                Race(process, CommentOf(step));
                break;
            case WaveAct.Hide:
                process.Store.Unreadable = step.A < 50 ? KeyOf(step.A) : null;
                break;
            case WaveAct.Fill:
                var full = step.A < 50 ? KeyOf(step.A) : null;
                process.Store.IsTooLarge = document => document.Key == full;
                break;
            case WaveAct.Start:
                process.Start(isOlder: step.A < 30);
                break;
        }
    }

    /// <summary>Everything works from now on, until nothing is pending any more or a while has passed.</summary>
    public void Drain()
    {
        foreach (var process in processes)
        {
            (process.Store.Unreadable, process.Store.IsTooLarge) = (null, _ => false);
            process.Start();
        }
        for (var round = 0; round < 30 && (round < 2 || Pending.Count > 0); round++)
        {
            foreach (var word in unanswered.Values.ToList())
                Comment(processes[0], word);
            foreach (var pending in Due(Outbox.Bus))
                Call(processes[round % 2], pending);
            foreach (var pending in Due("itop"))
                Claim(processes[round % 2], pending);
            foreach (var process in processes)
                process.Calls.ToList().ForEach(call => Settle(process, call, new Answer.Done()));
            clock.Pass(TimeSpan.FromSeconds(30));
        }
    }

    static Word CommentOf(WaveStep step)
    {
        var ticket = WaveDeciders.Tickets[step.A % 2];
        return new Word(ticket, $"{ticket}{(step.B > 95 ? " long" : "")} comment {step.A % 14 / 2}");
    }

    static string KeyOf(int luck) => $"{WaveDeciders.All().ElementAt(luck % 3).Name}/{WaveDeciders.Tickets[luck / 3 % 2]}";

    void Comment(WaveProcess process, Word word)
    {
        word = flaw is WaveFlaw.ForgetSourceIds ? word : word with { SourceId = word.Text };
        Sent.Add(word);
        unanswered[word.Text] = word;
        if (process.Try(() => process.First.Transact(word.Ticket, word.AtTheDoor(), CancellationToken.None)))
            unanswered.Remove(word.Text);
    }

    // The other process comes between the reading and the writing, and nobody between its own: the first holds its ticket.
    void Race(WaveProcess process, Word word) =>
        process.Store.Before = _ =>
        {
            process.Store.Before = _ => { };
            if (isRacing)
                return;
            isRacing = true;
            Comment(processes.Single(other => other != process), word);
            isRacing = false;
        };

    void Call(WaveProcess process, PendingLane pending)
    {
        if (flaw is WaveFlaw.NeverSend)
            return;
        Outgoing += pending.Count;
        process.Try(() => process.Call(pending));
    }

    void Claim(WaveProcess process, PendingLane pending) =>
        process.Try(async () =>
        {
            var attempt = await process
                .Documents("second")
                .Claim(pending.Ticket, pending.Lane, TimeSpan.FromSeconds(15), CancellationToken.None);
            if (attempt is not null)
                process.Calls.Add(attempt);
        });

    void Settle(WaveProcess process, Attempt call, Answer answer)
    {
        process.Calls.Remove(call);
        process.Try(() => process.Documents("second").Settle(call, answer, TimeSpan.FromSeconds(2), CancellationToken.None));
    }

    IReadOnlyList<PendingLane> Due(string target) => store.Due(target, clock.GetUtcNow(), 100, CancellationToken.None).Result;

    static T? Pick<T>(IReadOnlyList<T> among, int which) => among.Count == 0 ? default : among[which % among.Count];
}

/// <summary>One thing that happens; <paramref name="A"/> and <paramref name="B"/>, 0 to 99, say to whom and how.</summary>
readonly record struct WaveStep(WaveAct Act, int A, int B);

/// <summary>What may happen.</summary>
enum WaveAct
{
    Comment,
    Send,
    Claim,
    Settle,
    Pass,
    Break,
    Race,

    /// <summary>One document cannot be read, or all can again.</summary>
    Hide,

    /// <summary>One document is not taken by the store, or all are again.</summary>
    Fill,

    /// <summary>A process starts anew, maybe as the release before.</summary>
    Start,
}
