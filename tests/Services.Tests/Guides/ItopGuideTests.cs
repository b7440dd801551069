using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Services.Tests;

/// <summary>Every command of docs/fr/itop.md is typed here, in order, by a person whose iTop was just set up; every
/// answer it promises is looked for.</summary>
public sealed partial class ItopGuideTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    FreshItop itop = null!, next = null!;

    public async ValueTask InitializeAsync()
    {
        (itop, next) = (await FreshItop.Start(), await FreshItop.Start());
        foreach (
            var part in (string[])["etc/groupticketing/secrets", "etc/groupticketing/directory/schools", "var/lib/groupticketing"]
        )
            Directory.CreateDirectory(Path.Combine(folder, part));
        foreach (var file in (string[])["catalogue.yaml", "calendar.yaml", "itop-catalogue.yaml"])
            File.Copy(Path.Combine(Demo.Root, "deploy/pilot", file), At($"etc/groupticketing/directory/{file}"));
        File.Copy(
            Path.Combine(Demo.Root, "deploy/pilot/schools/lyon.yaml.example"),
            At("etc/groupticketing/directory/schools/lyon.yaml")
        );
        File.WriteAllText(At("etc/groupticketing/secrets/itop-admin"), FreshItop.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await itop.DisposeAsync();
        await next.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_command_does_what_it_says_and_every_promised_line_is_said()
    {
        await itop.Fault(new { largestBodyMiB = 24 });
        var (said, typed) = ("", 0);
        foreach (var span in Spans())
        {
            if (span.StartsWith("groupticketing ", StringComparison.Ordinal))
            {
                said += await Type(span, isEmpty: typed == 0);
                typed++;
            }
            else if (span.StartsWith("SELECT Person", StringComparison.Ordinal))
            {
                await Mail();
                said += await Type(
                    "groupticketing itop doctor --itop-user admin --itop-password-file /etc/groupticketing/secrets/itop-admin"
                );
            }
            else if (span[0] == '[' || span.StartsWith("Le connecteur", StringComparison.Ordinal))
            {
                said.ShouldContain(span, Case.Sensitive);
            }
        }

        typed.ShouldBe(9);
        (await next.Planned(FreshItop.Pilot.Items)).ShouldBeEmpty("the move to the other iTop brought everything");
    }

    [Fact]
    public void It_names_only_files_there_are() =>
        Spans()
            .Where(span => span.StartsWith("deploy/", StringComparison.Ordinal))
            .ShouldAllBe(file => File.Exists(Path.Combine(Demo.Root, file)));

    async Task<string> Type(string command, bool isEmpty = false)
    {
        var words = command
            .Replace(" URL", $" {next.Url}")
            .Split(' ')
            .Skip(1)
            .Select(word =>
                word.StartsWith("/etc/", StringComparison.Ordinal) || word.StartsWith("/var/", StringComparison.Ordinal)
                    ? At(word[1..])
                    : word
            );
        var (exit, said) = await CommandLine.Run(
            new Dictionary<string, string>
            {
                ["LC_ALL"] = "fr_FR.UTF-8",
                ["GROUPTICKETING__Itop__Url"] = $"{itop.Url}",
                ["GROUPTICKETING__Itop__User"] = "connecteur",
                ["GROUPTICKETING__Itop__PasswordFile"] = At("etc/groupticketing/secrets/itop"),
                ["GROUPTICKETING__Directory"] = At("etc/groupticketing/directory"),
            },
            [.. words]);
        exit.ShouldBe(isEmpty ? 1 : 0, $"{command}\n{said}");
        if (Password().Match(said) is { Success: true } shown && !File.Exists(At("etc/groupticketing/secrets/itop")))
            File.WriteAllText(At("etc/groupticketing/secrets/itop"), shown.Groups[1].Value);
        return said;
    }

    async Task Mail()
    {
        var action = await itop.Itop.Call(
            Create(
                "ActionEmail",
                new()
                {
                    ["name"] = "Équipe",
                    ["status"] = "enabled",
                    ["to"] = "SELECT Team WHERE id = :this->team_id",
                }
            ),
            default
        );
        await itop.Itop.Call(
            Create(
                "TriggerOnObjectCreate",
                new()
                {
                    ["description"] = "création",
                    ["target_class"] = "UserRequest",
                    ["action_list"] = new JsonArray(new JsonObject { ["action_id"] = action[0].Key }),
                }
            ),
            default
        );
    }

    static JsonObject Create(string itopClass, JsonObject fields) =>
        new()
        {
            ["operation"] = "core/create",
            ["class"] = itopClass,
            ["comment"] = "c",
            ["fields"] = fields,
            ["output_fields"] = "id",
        };

    static IReadOnlyList<string> Spans() =>
        [
            .. Code()
                .Matches(File.ReadAllText(Path.Combine(Demo.Root, "docs/fr/itop.md")))
                .Select(match => Regex.Replace(match.Groups[1].Value, @"(?<=\S)\s*\n\s*", " ")),
        ];

    string At(string path) => Path.Combine(folder, path);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"mot de passe de connecteur, montré cette seule fois : (\S+)")]
    private static partial Regex Password();
}
