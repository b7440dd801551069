using System.Text.RegularExpressions;

namespace GroupTicketing.Services.Tests;

/// <summary>A guide for operators: what in it is typed, and what is only named.</summary>
static partial class Guide
{
    // What stands in code and is no command: settings, files, packages, accounts, words of a screen.
    static readonly string[] names =
    [
        "docker-compose run --rm operator",
        "groupticketing",
        "libicu76",
        "libssl3t64",
        "itop",
        "127.0.0.1:9464",
        "service: intake",
        "docker.io",
        "docker-compose",
        "DIRECTORY",
        "secrets/itop",
        "secrets/schools/",
        "GATEWAY_LISTEN",
        "GRAFANA_LISTEN",
        "admin",
        "secrets/grafana",
        "guest",
        ".sha256",
        "VERSION",
        ".env",
        "/etc/groupticketing/groupticketing.env",
        "/var/backups/groupticketing",
        "/etc/groupticketing",
        "secrets:",
        "callback",
        "ACCESS_REFUSED",
        "quarantine",
        "_error",
        "_skipped",
        "skip",
        "calendar.yaml",
        "GROUPTICKETING__…",
        "Proxies",
        "127.0.0.0/8, ::1",
        "X-Forwarded-For",
        "-Proto",
        "PROXIES",
        "BadKeysPerMinute",
        "IncomingMiB",
        "InsecureDemo",
        "demo:",
        "--insecure-demo",
        "Outside__Allow",
        "10.12.0.0/16",
        "OUTSIDE_ALLOW",
        "Outside__Http",
        "OUTSIDE_HTTP",
        "Outside__Proxy",
        "incoming",
        "Retry-After",
        "POST /v1/schools/{school}/events",
        "Services__NAME",
        "Services__NOM",
        "intake",
        "routing",
        "notification",
        "portal",
        "/readyz",
        "/docs",
        "untakenRemindsAfter",
        "silenceRemindsAfter",
        "findings",
        "gesture:",
        "put-aside",
        "unread-item",
    ];

    // What a command may begin with, also after && and |.
    static readonly string[] programs =
    [
        "apt",
        "sha256sum",
        "tar",
        "cd",
        "cp",
        "rm",
        "mkdir",
        "chown",
        "echo",
        "openssl",
        "cat",
        "systemctl",
        "journalctl",
        "nginx",
        "docker-compose",
        "df",
        "du",
        "sort",
        "tail",
        "curl",
        "grep",
        "date",
        "groupticketing",
        "groupticketing-upgrade",
        "groupticketing-rollback",
        "groupticketing-restore",
        "deploy/secrets.sh",
    ];

    public static IReadOnlyList<string> Commands(string file) => [.. Spans(file).Where(IsTyped)];

    /// <summary>What is neither a command we know nor a name we know nor a file of ours.</summary>
    public static IEnumerable<string> Unknown(string file) =>
        Spans(file)
            .Where(span =>
                IsTyped(span)
                    ? !Programs(span).All(IsKnown)
                    : !names.Contains(span) && !Path.Exists(Path.Combine(Demo.Root, span))
            );

    static IEnumerable<string> Spans(string file)
    {
        var text = File.ReadAllText(Path.Combine(Demo.Root, file));
        return Code().Matches(text).Select(match => Regex.Replace(match.Groups[1].Value, @"\s+", " ").Trim());
    }

    static bool IsTyped(string span) =>
        !names.Contains(span)
        && (span.Contains(' ') || programs.Contains(span) || span.EndsWith(".sh", StringComparison.Ordinal));

    static IEnumerable<string> Programs(string command) => Parts().Split(command).Select(part => part.Trim().Split(' ')[0]);

    static bool IsKnown(string program) =>
        programs.Contains(program) || Regex.IsMatch(program, @"^groupticketing-\d+\.\d+\.\d+/install\.sh$");

    [GeneratedRegex(@"`+(?:\w*\n)?([^`]+)`+")]
    private static partial Regex Code();

    [GeneratedRegex(@"&&|\||\$\(|;")]
    private static partial Regex Parts();
}
