using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>Words that the field has better ones for do not come back.</summary>
public class FormerWords
{
    static readonly (string Former, string Now)[] words =
    [
        ("Doorbell", "WakeSignal"),
        ("Seat", "Reservation"),
        (@"\w*Payer", "Dispatcher"),
        ("PayLane", "DispatchLane"),
        ("Hearer", "Subscription"),
        ("EmbeddedBus", "InProcessBus"),
        (@"\w*Console(Module|Metrics)", "Portal"),
        (@"GroupTicketing\.(Directory|Console|House)", "Registry, Portal, Architecture.Tests"),
        (@"House(Options)?|AddHouse|OfTheHouse", "PlatformSetup, PlatformOptions"),
        (@"\w*Debts?(Made|Id|Row|List|Table)?", "PendingCall, Outbox, Lane.Calls"),
        (@"\w*Owed\w*|Owes?|Owing", "Pending…"),
        (@"Paid|Unpaid|PaidUpTo|Pay(ing|able)?", "Confirmed, Outgoing, Send"),
        (@"GiveUp|GaveUp", "Skip, Skipped"),
        ("IRoom|RoomName|RoomOf|WaveRooms", "IDecider, ServiceName"),
    ];

    [Fact]
    public void None_is_in_the_code()
    {
        var found =
            from file in Tree.Sources.Concat(Tree.Tests)
            where !file.EndsWith("FormerWords.cs", StringComparison.Ordinal)
            let code = Tree.Code(file)
            from word in words
            where Regex.IsMatch(code, $@"\b(?:{word.Former})\b")
            select $"{file}: {word.Former}, now {word.Now}";

        found.ShouldBeEmpty("one word per thing: docs/glossary.md");
    }
}
