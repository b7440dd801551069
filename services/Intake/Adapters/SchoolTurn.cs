using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>One reading of a school's tool: a ticket that cannot be read stops only itself, a tool that answers nothing
/// any more ends the turn.</summary>
sealed class SchoolTurn(Shown shown, LookAtTicket look, School school, DateTimeOffset began)
{
    const int MostNamed = 10;

    // Each may take half a minute to say nothing.
    const int MostInARow = 3;

    int silent;

    public School School => school;

    public DateTimeOffset Began => began;

    public string Side => $"school:{school.Slug}";

    /// <summary>The tickets that could not be read, to be read again.</summary>
    public List<string> Left { get; } = [];

    /// <summary>Which could not be read, for people; null: none.</summary>
    public string? Fault =>
        Left.Count == 0 ? null : $"tickets that could not be read: {string.Join(", ", Left.Take(MostNamed))}{More}";

    string More => Left.Count > MostNamed ? $" and {Left.Count - MostNamed} more" : "";

    /// <summary>Reads one, and says why it could not be; null: it was.</summary>
    public async Task<string?> Alone(string ticket, Func<Task> read, CancellationToken ct)
    {
        try
        {
            await read();
            silent = 0;
            return null;
        }
        catch (ToolException exception)
        {
            if (++silent >= MostInARow)
            {
                // A tool that lists its tickets is there: it is these that it cannot show.
                await shown.Changed(school, began, ct);
                silent = 0;
            }
            return await Leave(ticket, exception.Message, ct);
        }
        // Also for want of memory: what takes too much is left until the next reading, like what cannot be read.
        catch (Exception exception)
            when (exception is not (ToolException or StoreUnavailableException or OperationCanceledException))
        {
            return await Leave(ticket, Telemetry.WhereFrom(exception), ct);
        }
    }

    async Task<string> Leave(string ticket, string reason, CancellationToken ct)
    {
        Left.Add(ticket);
        await look.Leave(school, ticket, began, ct);
        return reason;
    }
}
