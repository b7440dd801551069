using System.Xml.Linq;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>The executable, as a process of its own.</summary>
public class CommandTests
{
    [Fact]
    public async Task An_unknown_service_is_refused_with_the_list()
    {
        var (exit, said) = await Run("check", "--services", "intake,billing", "--insecure-demo", "--directory", Demo.Folder);
        exit.ShouldBe(1);
        said.ShouldContain(
            "--services billing: no such service; known are gateway, intake, routing, itop, notification, portal"
        );
    }

    [Fact]
    public async Task The_demo_s_folder_is_without_error()
    {
        var (exit, said) = await Run("check", "--services", "gateway", "--insecure-demo", "--directory", Demo.Folder);
        (exit, said.Contains("no error")).ShouldBe((0, true), said);
    }

    [Theory]
    [InlineData(false, "note: lyon, toulouse: see nothing of what the group opens")]
    [InlineData(true, "note: toulouse: see nothing of what the group opens")]
    public async Task Check_says_which_schools_see_nothing_of_what_the_group_opens(bool lyonSees, string note)
    {
        var folder = DemoFolder();
        if (lyonSees)
            Replace(Path.Combine(folder, "schools", "lyon.yaml"), "tool: rt5", "tool: rt5\nmirrorFrom: 2026-11-01");

        var (exit, said) = await Run("check", "--services", "gateway", "--insecure-demo", "--directory", folder);

        (exit, said.Contains(note)).ShouldBe((0, true), said);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Settings_of_the_wrong_kind_are_all_told_by_key_and_without_their_values()
    {
        var (exit, said) = await Run(
            new Dictionary<string, string>
            {
                ["GROUPTICKETING__BADKEYSPERMINUTE"] = "abc",
                ["GROUPTICKETING__OUTSIDE__HTTP"] = "oui",
                ["GROUPTICKETING__ITOP__POLLEVERY"] = "6s",
                ["GROUPTICKETING__ITOP__URL"] = "http://",
            },
            ["check", "--directory", Demo.Folder]
        );

        exit.ShouldBe(1);
        said.Split('\n').Count(line => line.StartsWith("error: the setting ", StringComparison.Ordinal)).ShouldBe(4);
        foreach (var key in (string[])["BADKEYSPERMINUTE", "OUTSIDE:HTTP", "ITOP:POLLEVERY", "ITOP:URL"])
            said.ShouldContain($"the setting {key} is of the wrong kind", Case.Insensitive);
        said.ShouldNotContain("oui");
    }

    [Fact]
    public async Task Addresses_inside_are_told_beside_whatever_else_is_wrong()
    {
        var folder = DemoFolder();
        Replace(Path.Combine(folder, "schools", "lyon.yaml"), "supportContact: ", "supportContact: x@y@");
        var called = "http://127.0.0.1:5082/callbacks";
        foreach (var address in (string[])["https://10.1.2.3/cb", "https://localhost/cb"])
        {
            var toulouse = Path.Combine(folder, "schools", "toulouse.yaml");
            Replace(toulouse, called, address);
            called = address;

            var (exit, said) = await Run("check", "--insecure-demo", "--directory", folder);

            exit.ShouldBe(1);
            said.ShouldContain("supportContact");
            said.ShouldContain("toulouse.yaml: callback:", Case.Insensitive, address);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_pilot_s_folder_warns_of_the_intervenant_without_a_school()
    {
        var (exit, said) = await Run("check", "--services", "gateway", "--directory", Path.Combine(Demo.Root, "deploy", "pilot"));
        exit.ShouldBe(0, said);
        said.ShouldContain("warning:");
        said.ShouldContain("Nathalie Matheu");
    }

    [Fact]
    public async Task Check_prints_every_error_with_file_and_line()
    {
        var folder = DemoFolder();
        Replace(Path.Combine(folder, "schools", "lyon.yaml"), "tool: rt5", "tool: rt9");
        Replace(Path.Combine(folder, "calendar.yaml"), "2026-01-01", "2026-13-01");

        var (exit, said) = await Run("check", "--services", "itop", "--insecure-demo", "--directory", folder);

        exit.ShouldBe(1);
        said.ShouldMatch(@"error: .*lyon\.yaml:\d+: ");
        said.ShouldMatch(@"error: .*calendar\.yaml:\d+: ");
        said.ShouldContain("error: setting Itop:Url");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Check_refuses_a_store_of_a_newer_release_and_leaves_it_as_it_is()
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        await new SqliteStore(PlatformSetup.StoreFile(data)).DisposeAsync();
        (
            await Run("check", "--services", "routing", "--insecure-demo", "--directory", Demo.Folder, "--data", data)
        ).Said.ShouldNotContain("newer release");
        var store = PlatformSetup.StoreFile(data);
        Schema(store, 3);

        var (exit, said) = await Run(
            "check",
            "--services",
            "gateway",
            "--insecure-demo",
            "--directory",
            Demo.Folder,
            "--data",
            data
        );

        (exit, said.Trim()).ShouldBe(
            (
                1,
                "error: the store was written by a newer release (schema 3, this release reads 2): install that release, "
                + "or restore a backup"
            )
        );
        Schema(store, 2);
        File.WriteAllText(store, "no store");
        (
            await Run("check", "--services", "gateway", "--insecure-demo", "--directory", Demo.Folder, "--data", data)
        ).Said.ShouldContain($"error: the store {store} cannot be read");
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task It_says_its_version_and_nothing_more()
    {
        var version = XDocument.Load(Path.Combine(Demo.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        var (exit, said) = await Run("--version");

        (exit, said.Trim()).ShouldBe((0, version));
    }

    [Fact]
    public async Task Keys_are_made_listed_and_revoked()
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        (await Run("keys", "new", "lyon", "--directory", Demo.Folder, "--data", data)).Said.ShouldContain(
            "holds no store; the first start makes it: run --first"
        );
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty();
        await new SqliteStore(PlatformSetup.StoreFile(data)).DisposeAsync();
        var (exit, made) = await Run("keys", "new", "lyon", "--label", "essai", "--directory", Demo.Folder, "--data", data);
        (exit, made.Trim()[..3]).ShouldBe((0, "gt_"));

        var (_, list) = await Run("keys", "list", "--data", data);
        list.ShouldContain("lyon");
        list.ShouldContain("live");
        list.ShouldNotContain(made.Trim());

        (await Run("keys", "revoke", list.Split(' ')[0], "--data", data)).Exit.ShouldBe(0);
        (await Run("keys", "list", "--data", data)).Said.ShouldContain("revoked");
        (await Run("keys", "revoke", "00000000", "--data", data)).Exit.ShouldBe(1);
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("lyom", "nobody is called 'lyom': did you mean 'lyon'?")]
    [InlineData("Toulouse", "nobody is called 'Toulouse': did you mean 'toulouse'?")]
    [InlineData("paris-saclay", "nobody is called 'paris-saclay': known: ")]
    [InlineData("operator", "an operator's key says whose it is, since acts are logged under that name: operator:NAME")]
    [InlineData("operator:", "after operator: stands a name")]
    [InlineData("operator:a b", "after operator: stands a name")]
    public async Task A_key_for_nobody_is_refused_with_who_was_meant(string holder, string why)
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        await new SqliteStore(PlatformSetup.StoreFile(data)).DisposeAsync();

        var (exit, said) = await Run("keys", "new", holder, "--directory", Demo.Folder, "--data", data);

        (exit, said.Contains($"error: {why}")).ShouldBe((1, true), said);
        (await Run("keys", "list", "--data", data)).Said.ShouldBeEmpty();
        (await Run("keys", "new", "operator:zoé.martin", "--data", data)).Said.ShouldStartWith("gt_");
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task The_demo_s_secrets_start_nothing_else()
    {
        var (exit, said) = await Run("check", "--services", "gateway", "--directory", Demo.Folder);

        exit.ShouldBe(1);
        said.Split('\n')
            .Count(line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains("--insecure-demo"))
            .ShouldBe(6, said);
        said.ShouldNotContain("whsec_");
    }

    static void Schema(string store, int schema)
    {
        using var connection = new SqliteConnection($"Data Source={store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE meta SET value = {schema} WHERE name = 'schema'; PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>The demo's files, to be changed.</summary>
    static string DemoFolder()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "schools"));
        foreach (var file in new[] { "catalogue.yaml", "calendar.yaml", "schools/lyon.yaml", "schools/toulouse.yaml" })
            File.Copy(Path.Combine(Demo.Folder, file), Path.Combine(folder, file));
        return folder;
    }

    static void Replace(string file, string old, string now) => File.WriteAllText(file, File.ReadAllText(file).Replace(old, now));
}
