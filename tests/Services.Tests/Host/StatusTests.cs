using GroupTicketing.Platform;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary><c>status</c> and <c>health</c>: what supervision reads, by exit code and one line.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    readonly string data = System.IO.Directory.CreateTempSubdirectory("groupticketing-").FullName;
    Door door = null!;

    string Address => $"{door.Http.BaseAddress}".TrimEnd('/');

    public async ValueTask InitializeAsync() => door = await Door.Open(["routing"]);

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        System.IO.Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Nothing_owed_is_ok()
    {
        var (exit, said) = await Run("status", "--urls", Address, "--data", data);

        (exit, said.Trim()).ShouldBe((0, "GROUPTICKETING OK - owed 0, oldest 0 s, quarantine 0 | owed=0 oldest=0s;900 quarantine=0;0"));
    }

    [Theory]
    [InlineData("itop", 16, 1, "owed 1, oldest 9")]
    [InlineData("itop", 1, 0, "owed 1, oldest 6")]
    [InlineData("quarantine", 1, 1, "quarantine 1")]
    [InlineData("clock", 600, 0, "owed 0, oldest 0 s")]
    public async Task What_waits_too_long_or_for_a_person_is_a_warning(string target, int minutes, int exit, string text)
    {
        await using (var store = new SqliteStore(House.StoreFile(data)))
        {
            var since = TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
            await store.Save(new StoredDocument("room/t1", 1, [123, 125], null, since, null), [new Owed("room/t1", "lane", target, null, since, 1)], CancellationToken.None);
        }

        var answer = await Run("status", "--urls", Address, "--data", data);

        answer.Exit.ShouldBe(exit, answer.Said);
        answer.Said.ShouldContain(text);
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
}
