using System.CommandLine;
using GroupTicketing.Platform;
using RabbitMQ.Client.Exceptions;

namespace GroupTicketing.Host.Commands;

/// <summary><c>restored</c>: after MongoDB was put back from a backup and before any service starts: empties our
/// queues, since what they hold was said after the backup, and raises the epoch.</summary>
static class RestoredCommand
{
    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var command = new Command("restored", CommandTexts.Text("Restored"));
        command.SetAction((parsed, ct) => Run(settings(parsed), ct));
        return command;
    }

    static async Task<int> Run(HostSettings settings, CancellationToken ct)
    {
        var errors = new List<string>();
        var options = Engines.Read(settings, [], errors);
        if (options.Store is null)
            errors.Add(CommandTexts.Text("EmbeddedRestores"));
        if (options.Bus is null)
            errors.Add(CommandTexts.Text("NameRabbit"));
        if (errors.Count == 0 && await Fault(options, ct) is { } fault)
            errors.Add(fault);
        return Tell.Errors(errors);
    }

    static async Task<string?> Fault(PlatformOptions options, CancellationToken ct)
    {
        try
        {
            await MongoStore.Begin(options.Store!, first: false);
            await Purge(options.Bus!, ct);
            Tell.Result("EpochRaised", await MongoStore.RaiseEpoch(options.Store!, TimeProvider.System.GetUtcNow()));
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            return exception.Localized;
        }
        catch (Exception exception) when (exception is BrokerUnreachableException or OperationInterruptedException)
        {
            return CommandTexts.Text("RabbitRefused", exception.Message);
        }
    }

    static async Task Purge(BusOptions bus, CancellationToken ct)
    {
        await using var connection = await Broker.Connect(bus, ct);
        foreach (var queue in FactMessages.Queues())
        {
            var dropped = await Broker.OnQueue(connection, null, channel => channel.QueuePurgeAsync(queue, ct), ct);
            if (dropped is { } count)
                Tell.Result("QueueEmptied", queue, count);
            else
                Tell.Result("QueueNotThere", queue);
        }
    }
}
