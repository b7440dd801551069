using System.CommandLine;
using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Host.Commands;

/// <summary>What was typed and is nothing of ours, or lacks something: one line, with what was meant.</summary>
static class Misused
{
    /// <summary>The line, or null where all is understood.</summary>
    public static string? Line(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
            return null;
        var called = Called(parsed);
        if (parsed.UnmatchedTokens.FirstOrDefault() is not { } unknown)
            return CommandTexts.Text("Misused", parsed.Errors[0].Message.TrimEnd('.'), called);
        var near = Nearest.To(unknown, Names(parsed.CommandResult.Command, unknown.StartsWith('-')));
        return CommandTexts.Text(
            "Unknown",
            unknown,
            near is null ? CommandTexts.Text("SeeHelp", called) : CommandTexts.Text("DidYouMean", near, called)
        );
    }

    static string Called(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "GroupTicketing" : at.Command.Name);
        return string.Join(' ', names);
    }

    static IEnumerable<string> Names(Command command, bool options) =>
        options
            ? command
                .Options.Concat(
                    command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))
                )
                .Select(option => option.Name)
            : command.Subcommands.Select(inner => inner.Name);
}
