using GroupTicketing.Platform;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary><c>status</c> and <c>health</c>: what supervision reads, by exit code and one line.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    Door door = null!;

    string Address => $"{door.Http.BaseAddress}".TrimEnd('/');

    public async ValueTask InitializeAsync() => door = await Door.Open(["routing"]);

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Nothing_pending_is_ok()
    {
        await new SqliteStore(PlatformSetup.StoreFile(data)).DisposeAsync();
        var (exit, said) = await Run("status", "--urls", Address, "--data", data);

        (exit, said.Trim()).ShouldBe(
            (0, "GROUPTICKETING OK - pending 0, oldest 0 s, quarantine 0 | pending=0 oldest=0s;900 quarantine=0;0")
        );
        (exit, said) = await Run(French, ["status", "--urls", Address, "--data", data]);
        (exit, said.Trim()).ShouldBe(
            (0, "GROUPTICKETING OK - en attente 0, le plus ancien 0 s, quarantaine 0 | pending=0 oldest=0s;900 quarantine=0;0"));
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_said_in_the_machine_s_language()
    {
        var (exit, said) = await Run(French, ["status", "--urls", Address, "--data", data]);

        exit.ShouldBe(2);
        said.ShouldStartWith($"GROUPTICKETING CRITICAL - {data} ne contient pas de base");
    }

    [Theory]
    [InlineData("itop", 16, 1, "pending 1, oldest 9")]
    [InlineData("itop", 1, 0, "pending 1, oldest 6")]
    [InlineData("quarantine", 1, 1, "quarantine 1")]
    [InlineData("clock", 600, 0, "pending 0, oldest 0 s")]
    public async Task What_waits_too_long_or_for_a_person_is_a_warning(string target, int minutes, int exit, string text)
    {
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(data)))
        {
            var since = TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
            await store.Save(
                new StoredDocument("service/t1", 1, [123, 125], null, since, null),
                [new PendingLane("service/t1", "lane", target, null, since, 1)],
                CancellationToken.None
            );
        }

        var answer = await Run("status", "--urls", Address, "--data", data);

        answer.Exit.ShouldBe(exit, answer.Said);
        answer.Said.ShouldContain(text);
    }

    [Theory]
    [InlineData("itop", 9, 0)]
    [InlineData("itop", 11, 1)]
    [InlineData("school:lyon", 29, 0)]
    [InlineData("school:lyon", 31, 1)]
    [InlineData("bus", 31, 0)]
    public async Task A_target_that_is_down_is_named_and_too_long_is_a_warning(string target, int minutes, int exit)
    {
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(data)))
        {
            await store.PutSide(
                Sides.Targets,
                target,
                Json.Write(new TargetState(3, since, since.AddHours(1), "away")),
                null,
                CancellationToken.None
            );
            await store.PutSide(Sides.Targets, "school:insa-b", Json.Write(TargetState.Up), null, CancellationToken.None);
        }

        var answer = await Run("status", "--urls", Address, "--data", data);

        answer.Exit.ShouldBe(exit, answer.Said);
        answer.Said.ShouldContain($"quarantine 0, {target} down since {At(since)} | pending=0");
        answer.Said.ShouldNotContain("insa-b");
    }

    [Fact]
    public async Task A_target_that_nothing_is_asked_of_any_more_is_not_named()
    {
        var since = TimeProvider.System.GetUtcNow().AddHours(-3);
        var state = Json.Write(new TargetState(3, since, since.AddMinutes(2), "away"));
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(data)))
        {
            await store.PutSide(Sides.Targets, "itop", state, null, CancellationToken.None);
            await store.PutSide(Sides.Targets, "school:lyon", state, null, CancellationToken.None);
            await store.Save(
                new StoredDocument("service/t1", 1, [123, 125], null, since, null),
                [new PendingLane("service/t1", "school", "school:lyon", since, TimeProvider.System.GetUtcNow(), 1)],
                CancellationToken.None
            );
        }

        var answer = await Run("status", "--urls", Address, "--data", data);

        answer.Said.ShouldNotContain("itop");
        answer.Said.ShouldContain($"school:lyon down since {At(since)}");
    }

    [Fact]
    public async Task What_is_added_to_a_ticket_in_triage_makes_it_no_younger()
    {
        var held = TimeProvider.System.GetUtcNow().AddDays(-3);
        var body = Json.Write(new { schema = 2, state = new { heldAt = held } });
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(data)))
            await store.Save(
                new StoredDocument("routing/t1", 1, body, "triage", held.AddDays(2), null),
                [],
                CancellationToken.None
            );

        (await Run("status", "--urls", Address, "--data", data)).Said.ShouldContain(At(held));
    }

    [Fact]
    public async Task Triage_is_told_with_the_time_of_its_oldest_and_its_number()
    {
        var oldest = TimeProvider.System.GetUtcNow().AddDays(-3);
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(data)))
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 450)
                    .Select(one =>
                        store.Save(
                            new StoredDocument($"routing/t{one:D3}", 1, [123, 125], "triage", oldest.AddMinutes(one), null),
                            [],
                            CancellationToken.None
                        )
                    )
            );
            await store.Save(
                new StoredDocument("routing/w", 1, [123, 125], "waiting", oldest.AddDays(-1), null),
                [],
                CancellationToken.None
            );
            await store.Save(
                new StoredDocument("intake/t", 1, [123, 125], "triage", oldest.AddDays(-1), null),
                [],
                CancellationToken.None
            );
        }

        var answer = await Run("status", "--urls", Address, "--data", data);

        answer.Exit.ShouldBe(0, answer.Said);
        answer.Said.ShouldContain($", triage 450 since {At(oldest)} |");
    }

    [Fact]
    public async Task A_process_that_does_not_answer_is_critical()
    {
        var (exit, said) = await Run("status", "--urls", "http://127.0.0.1:1", "--data", data);

        exit.ShouldBe(2);
        said.ShouldStartWith("GROUPTICKETING CRITICAL - http://127.0.0.1:1/readyz");
    }

    [Fact]
    public async Task Health_tells_2xx_from_the_rest()
    {
        (await Run("health", $"{Address}/readyz")).Exit.ShouldBe(0);
        (await Run("health", $"{Address}/nowhere")).ShouldBe((1, $"error: {Address}/nowhere answers 404{Environment.NewLine}"));
        (await Run("health", "http://127.0.0.1:1")).Exit.ShouldBe(1);
        (await Run("health", "readyz")).ShouldBe((1, $"error: this is no address{Environment.NewLine}"));
    }

    static string At(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd}T{time.UtcDateTime:HH:mm}Z";
}
