using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Architecture;

/// <summary>The listener table is the whole bus: each fact is said once, by its speaker, to its listener.</summary>
public class Streams
{
    static readonly Dictionary<string, string> fileOf = new()
    {
        ["intake"] = "contracts/Intake.cs",
        ["routing"] = "contracts/Routing.cs",
        ["itop"] = "contracts/ItopConnector.cs",
        ["notification"] = "contracts/Notification.cs",
        ["portal"] = "contracts/Portal.cs",
    };

    [Fact]
    public void Streams_have_names_of_their_own() => Listeners.Table.Select(row => row.Stream).ShouldBeUnique();

    [Fact]
    public void Queues_have_names_of_their_own() =>
        Listeners
            .Table.Select(row => row.Queue)
            .Where(queue => queue != Listeners.ObserverQueue)
            .ShouldBeUnique("two listeners on one queue steal each other's messages.");

    [Fact]
    public void Only_the_console_listens_on_the_observers_queue() =>
        Listeners.Table.Where(row => row.Queue == Listeners.ObserverQueue).ShouldAllBe(row => row.Listener == "portal");

    [Fact]
    public void A_fact_is_said_in_one_stream() =>
        Listeners.Facts.ShouldBeUnique("its numbers would have two orders: give the second stream a fact of its own.");

    [Fact]
    public void Every_fact_of_the_contracts_is_said() =>
        typeof(Fact)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Fact)))
            .ShouldBe(Listeners.Facts, ignoreOrder: true, "add the fact to the listener table, or delete it.");

    [Fact]
    public void Every_fact_lies_in_its_speakers_file()
    {
        var strays = Listeners.Table
            .SelectMany(row => row.Facts, (row, fact) => (fact, file: fileOf[row.Speaker]))
            .Where(pair => !Tree.Text(pair.file).Contains($"record {pair.fact.Name}(", StringComparison.Ordinal))
            .Select(pair => $"{pair.fact.Name} → {pair.file}");

        strays.ShouldBeEmpty("one file per speaker: who reads it sees everything that service says.");
    }

    [Fact]
    public void A_stream_is_named_by_its_speaker_and_listener() =>
        Listeners.Table.ShouldAllBe(row => row.Stream == $"{row.Speaker}-{row.Listener}");
}
