namespace GroupTicketing.Simulators;

/// <summary>A simulator started by another process ends with it, however that one ends: its standard input closes.</summary>
public static class Parent
{
    /// <summary>Stops the simulator when standard input ends, if it was started with <c>--parent stdin</c>.</summary>
    public static void Watch(WebApplication simulator, Arguments arguments)
    {
        if (arguments.Optional("parent") != "stdin")
            return;
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
                // Whatever is written there means nothing; only its end does.
            }
            simulator.Lifetime.StopApplication();
        });
        watch.IsBackground = true;
        watch.Start();
    }
}
