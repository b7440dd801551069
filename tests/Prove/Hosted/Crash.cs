using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GroupTicketing.Prove.Hosted;

/// <summary>The process kills itself at a named point, the n-th time it comes by: as kill -9 does, with nothing flushed
/// and nobody told.</summary>
sealed partial class Crash(string point, int times, string witness)
{
    /// <summary>The variable that arms it: the point, how many times it is passed first, and the file that shows it
    /// happened.</summary>
    public const string Variable = "GROUPTICKETING_PROVE_CRASH";

    const int KillSignal = 9;

    readonly ConcurrentDictionary<string, string> answered = new();
    int passed;

    public static Crash? Armed() =>
        Environment.GetEnvironmentVariable(Variable)?.Split('|') is [var point, var times, var witness]
            ? new Crash(point, int.Parse(times, CultureInfo.InvariantCulture), witness)
            : null;

    /// <summary>The value that arms it.</summary>
    public static string Arming(string point, int times, string witness) => $"{point}|{times}|{witness}";

    /// <summary>Whether this is the point, for what must be prepared.</summary>
    public bool IsAt(string here) => here == point;

    /// <summary>Here.</summary>
    public void At(string here)
    {
        if (here != point || Interlocked.Increment(ref passed) != times)
            return;
        File.AppendAllText(witness, $"{here}\n");
        Signal(Environment.ProcessId, KillSignal);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>A call of this document was answered; its next write is the answer's.</summary>
    public void Answered(string key, string what) => answered[key] = what;

    /// <summary>What call this write notes the answer of; null: none.</summary>
    public string? WhatWasAnswered(string key) => answered.TryRemove(key, out var what) ? what : null;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
