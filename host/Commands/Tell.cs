namespace GroupTicketing.Host.Commands;

/// <summary>What a command says to whoever typed it; what is wrong is said apart from results.</summary>
static class Tell
{
    /// <summary>Says why it was not done; answers the exit.</summary>
    public static int Error(string why)
    {
        Console.Error.WriteLine(CommandTexts.Text("Error", why));
        return 1;
    }

    /// <summary>Says all that is wrong, where something is; answers the exit.</summary>
    public static int Errors(IEnumerable<string> all)
    {
        var exit = 0;
        foreach (var why in all)
            exit = Error(why);
        return exit;
    }

    public static void Warning(string what) => Console.Error.WriteLine(CommandTexts.Text("Warning", what));

    /// <summary>Says what was done, by a sentence of <see cref="CommandTexts"/>.</summary>
    public static void Result(string name, params object[] blanks) => Console.WriteLine(CommandTexts.Text(name, blanks));
}
