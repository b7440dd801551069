namespace GroupTicketing.Simulators;

/// <summary>A simulator started by another process ends with it, however that one ends: its standard input closes.</summary>
public static class Parent
{
    /// <summary>
    /// Ends this process when standard input does, if it was started with <c>--parent stdin</c>. At once, as if killed:
    /// a simulator that waited for
    /// what it has in hand would still tell it to whoever listens there next.
    /// </summary>
    public static void Watch(Arguments arguments)
    {
        if (arguments.Optional("parent") != "stdin")
            return;
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
                // Whatever is written there means nothing; only its end does.
            }
            Environment.Exit(0);
        });
        watch.IsBackground = true;
        watch.Start();
    }
}
