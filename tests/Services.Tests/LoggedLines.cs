using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>What was logged, as the operator reads it.</summary>
sealed class LoggedLines<T>(ConcurrentQueue<string> lines) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}

/// <summary>The same of every part of a process.</summary>
sealed class LoggedLines(ConcurrentQueue<string> lines) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LoggedLines<object>(lines);

    public void Dispose()
    {
    }
}
