namespace GroupTicketing.Prove;

/// <summary>Tickets as schools hand them over: each with its comments one after the other, and, while that goes on, an
/// intervenant who takes each in iTop.</summary>
public sealed record Load(int Tickets)
{
    /// <summary>The first ticket's number.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many comments each has.</summary>
    public int Comments { get; init; } = 2;

    /// <summary>How many tickets at a time.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>How long a school waits between two tickets of one hand.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends all of it, over all schools in turn; returns once everything was taken.</summary>
    public Task Send(Machines machines) =>
        Parallel.ForEachAsync(
            Enumerable.Range(First, Tickets),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => await One(machines, number)
        );

    /// <summary>One ticket of it.</summary>
    public async Task One(Machines machines, int number)
    {
        var school = machines.Schools[number % machines.Schools.Count];
        await machines.HandOver($"{number}", school);
        await machines.Comments($"{number}", Comments, school);
        await Task.Delay(Pause);
    }
}
